"""What an article says, read once for all stages that follow."""
