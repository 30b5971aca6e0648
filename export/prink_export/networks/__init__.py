"""The networks that prink ships, one file each; `registry` finds them."""
