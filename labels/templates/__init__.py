"""One file a label: `lay_out(goods, media)` says what stands where."""
