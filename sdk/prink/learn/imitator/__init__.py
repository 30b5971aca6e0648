"""The network that draws looks as the renderer does (Kips et al. 2022, section 3.2)."""
