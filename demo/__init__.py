"""A government portal in a box: real HTTP, believable pages, known truth.

`portal` answers addresses, `server` puts them on the wire, `truth` says how every column really
stands, `folder` writes the site folder an operator would keep. Who plays which part stands in
`data/parts.toml`; everything that can go wrong on the wire answers under /x/ (`misbehaviour`).
"""
