"""What a bundle of version 2 says of the year, checked and computed again (docs/spec/bundle.md, section 10)."""
