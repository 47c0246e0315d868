"""What numbers mean: statistics, how a finding is printed, what studies show together."""
