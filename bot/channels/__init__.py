"""One file a channel: read, acknowledge, send, limits. Only here is wechatpy imported."""
