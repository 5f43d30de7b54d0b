"""Who works here: sign-ins, roles, invitations."""
