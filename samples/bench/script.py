#!/usr/bin/env python3
"""The script that a reseller writes in Python in an afternoon.

It reads the sheet, orders every row, so many at once, and writes what came back beside each.
It keeps no books: what it was doing when it stopped nobody knows.

    script.py orders.xlsx https://panel.example/api/v2 results.xlsx

Reads and writes .xlsx with openpyxl, .csv with the standard library.
"""
import argparse
import csv
import http.client
import json
import ssl
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

FIELDS = ("service", "link", "quantity", "runs", "interval", "comments")


def read(path):
    if path.endswith(".csv"):
        with open(path, newline="", encoding="utf-8") as f:
            yield from csv.reader(f)
        return
    import openpyxl

    for row in openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True):
        yield ["" if cell is None else str(cell) for cell in row]


def write(path, rows):
    if path.endswith(".csv"):
        with open(path, "w", newline="", encoding="utf-8") as f:
            csv.writer(f).writerows(rows)
        return
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Orders")
    for row in rows:
        sheet.append(row)
    book.save(path)


def with_requests(url, kept):
    """Posts by requests, with a session a thread, or without any."""
    import requests

    own = threading.local()

    def post(form):
        if not kept:
            return requests.post(url, data=form, timeout=60).json()
        if not hasattr(own, "session"):
            own.session = requests.Session()
        return own.session.post(url, data=form, timeout=60).json()

    return post


def with_http_client(url, kept):
    """Posts by http.client, with a connection a thread, or one a request."""
    address = urllib.parse.urlsplit(url)
    own = threading.local()
    context = ssl.create_default_context()

    def connect():
        if address.scheme == "https":
            return http.client.HTTPSConnection(address.netloc, timeout=60, context=context)
        return http.client.HTTPConnection(address.netloc, timeout=60)

    def post(form):
        if not kept or not hasattr(own, "connection"):
            own.connection = connect()
        own.connection.request(
            "POST", address.path, urllib.parse.urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = json.loads(own.connection.getresponse().read())
        if not kept:
            own.connection.close()
        return answer

    return post


def main():
    p = argparse.ArgumentParser()
    p.add_argument("sheet")
    p.add_argument("url")
    p.add_argument("out")
    p.add_argument("--threads", type=int, default=64)
    p.add_argument("--http", choices=("requests", "http.client"), default="requests")
    p.add_argument("--new", action="store_true", help="a new connection for each order")
    a = p.parse_args()
    post = (with_requests if a.http == "requests" else with_http_client)(a.url, not a.new)
    names, *rows = read(a.sheet)

    def order(row):
        form = {"key": "sandbox", "action": "add"}
        for name, cell in zip(names, row):
            if name.lower() in FIELDS and cell:
                form[name.lower()] = cell
        answer = post(form)
        return str(answer.get("order", answer.get("error", "")))

    with ThreadPoolExecutor(a.threads) as pool:
        answers = list(pool.map(order, rows))
    write(a.out, [names + ["Order ID"]] + [row + [answer] for row, answer in zip(rows, answers)])


main()
