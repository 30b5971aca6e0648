"""What every suite shares: people, clips, results, reports."""
