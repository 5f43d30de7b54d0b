"""The pages under /studio/words/, where studio admins write the words of the public pages."""
