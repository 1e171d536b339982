"""Configuration and the pipeline."""
