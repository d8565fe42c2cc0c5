"""Data people bring: files of events and answers, recognized, corrected, made private, kept."""
