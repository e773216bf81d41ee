"""監査記録: the record as people read it — in sentences — and its proof."""
