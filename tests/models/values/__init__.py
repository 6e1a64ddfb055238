"""Tests of app/models/values."""
