"""Documents to claims: readers of formats, mentions with their spans, frames that join mentions to claims."""
