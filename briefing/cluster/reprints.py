def reprints(articles): return {}
