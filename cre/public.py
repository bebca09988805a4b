"""The pages that anyone may read: what this is, how it works, how to stay safe, what we can protect."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    """Show the first page."""
    return render(request, "public/start.html")


def how(request: HttpRequest) -> HttpResponse:
    """Show how a request becomes a collaboration."""
    return render(request, "public/how.html")


def safe(request: HttpRequest) -> HttpResponse:
    """Show how to stay safe while asking."""
    return render(request, "public/safe.html")


def protects(request: HttpRequest) -> HttpResponse:
    """Show what we protect against and what we cannot."""
    return render(request, "public/protects.html")


def about_allies(request: HttpRequest) -> HttpResponse:
    """Show who the allies are and what they are told."""
    return render(request, "public/about_allies.html")
