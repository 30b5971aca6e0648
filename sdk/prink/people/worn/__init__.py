"""What people wear and hold before their heads: headwear, glasses, beards, hands and things."""
