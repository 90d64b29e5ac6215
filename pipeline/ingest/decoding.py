def decode_html(page, http_charset):
    return page.decode("utf-8", "replace"), "utf-8"
