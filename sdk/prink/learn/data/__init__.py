"""What every network that reads looks is trained on: faces, looks, light, skin, photos' losses."""
