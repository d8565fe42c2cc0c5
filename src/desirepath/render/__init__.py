"""Pictures: a scene, drawn in several formats. Computes nothing."""
