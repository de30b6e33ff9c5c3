"""Products and work types."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from catalog.forms import ProductForm, WorkTypeForm
from catalog.lists import PRODUCTS, WORK_TYPES
from catalog.models import Product, WorkType
from core.form_page import FormPage

PRODUCT_TEMPLATE = "catalog/product_form.html"
WORK_TYPE_TEMPLATE = "catalog/work_type_form.html"


@require_safe
@permission_required("catalog.view_product", raise_exception=True)
def products(request: UserRequest) -> HttpResponseBase:
    """List the parts, recurring services and flat-rate services."""
    return PRODUCTS.respond(request, Product.objects.all(), "catalog/products.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.add_product", raise_exception=True)
def product_create(request: UserRequest) -> HttpResponse:
    """Add a product."""
    form = ProductForm(request.POST or None, user=request.user)
    return _product_form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.change_product", raise_exception=True)
def product_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a product; documents already made keep its old price."""
    product = get_object_or_404(Product, pk=pk)
    return _product_form(
        request, ProductForm(request.POST or None, instance=product, user=request.user)
    )


@require_safe
@permission_required("catalog.view_worktype", raise_exception=True)
def work_types(request: UserRequest) -> HttpResponseBase:
    """List the kinds of work."""
    return WORK_TYPES.respond(
        request, WorkType.objects.select_related("after_hours_type"), "catalog/work_types.html"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.add_worktype", raise_exception=True)
def work_type_create(request: UserRequest) -> HttpResponse:
    """Add a kind of work."""
    return _work_type_form(request, WorkTypeForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.change_worktype", raise_exception=True)
def work_type_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a kind of work."""
    found = get_object_or_404(WorkType, pk=pk)
    return _work_type_form(request, WorkTypeForm(request.POST or None, instance=found))


def _product_form(request: UserRequest, form: ProductForm) -> HttpResponse:
    title = _("Edit product") if form.instance.pk else _("New product")
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect("catalog:products")
    back = reverse("catalog:products")
    return FormPage(title, back, _("Products"), template=PRODUCT_TEMPLATE).show(request, form)


def _work_type_form(request: UserRequest, form: WorkTypeForm) -> HttpResponse:
    title = _("Edit work type") if form.instance.pk else _("New work type")
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect("catalog:work-types")
    back = reverse("catalog:work-types")
    return FormPage(title, back, _("Work types"), template=WORK_TYPE_TEMPLATE).show(request, form)
