"""共同調達: from a need to committed bodies. A coordinator brings 62 bodies there; each officer spends minutes.

For coordinators of the DX body, officers and approvers of municipalities, and companies that are asked what there is.
See docs/modules/procurement.md.
"""
