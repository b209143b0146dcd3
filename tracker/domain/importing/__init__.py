"""What rows of somebody's table mean: a mapping, read strictly, turns them into items, answers and claims."""
