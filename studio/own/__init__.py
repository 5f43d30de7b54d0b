"""What a therapist edits of her own profile, as far as the studio lets her; mounted at /desk/mine/."""
