"""The worked cases of this trade, told as people would: agreed, worked, billed and issued."""
