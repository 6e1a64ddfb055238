"""Tests of app/models: what fields accept."""
