def page_statements(root, url):
    return []
