"""The pages under /studio/therapists/: one page per tab of a therapist's profile, each saved alone."""
