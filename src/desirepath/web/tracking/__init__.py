"""Numbers of a map over time, targets, and what was changed in the business."""
