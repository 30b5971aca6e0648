"""The device bundle: what each platform installs, and its verification."""
