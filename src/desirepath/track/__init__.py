"""Did it change? Comparison of evidence. Draws nothing."""
