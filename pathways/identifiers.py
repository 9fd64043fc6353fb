"""Names for the ids that travel through every layer: UUIDv7 as text unless said otherwise."""

from typing import NewType

TenantId = NewType("TenantId", str)  # the county
UnitId = NewType("UnitId", str)
WorkerId = NewType("WorkerId", str)
ClientId = NewType("ClientId", str)
CaseId = NewType("CaseId", str)
RunId = NewType("RunId", str)
PromiseId = NewType("PromiseId", str)
ContactId = NewType("ContactId", str)
ConsultationId = NewType("ConsultationId", str)
TextId = NewType("TextId", str)
StepKey = NewType("StepKey", str)  # as the definition writes it
PathwayId = NewType("PathwayId", str)
