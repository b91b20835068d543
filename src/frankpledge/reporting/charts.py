from html import escape


def svg(chart, alt, own_id):
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{own_id}" viewBox="0 0 10 4"><title id="{own_id}">{escape(alt)}</title></svg>'
