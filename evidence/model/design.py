"""How a study was made, what was given, and in whom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from evidence.model.base import (
    ListedIn,
    Model,
    WithUnit,
    Words,
    asks,
)
from evidence.model.baseline import Completeness, CoursePhase
from evidence.model.written import parse_text

DesignKind = Literal[
    "randomised-controlled-trial",
    "non-randomised-controlled-trial",
    "single-arm-trial",
    "case-series",
    "case-report",
    "systematic-review",
    "review",
    "registry-analysis",
    "cohort",
    "registered-trial",
    "expanded-access",
    "regulatory-history",
    "company-programme",
    "own-analysis",
    "letter",
    "not-stated",
]


DESIGN_KINDS: dict[DesignKind, str] = {
    "randomised-controlled-trial": "Lots decided who got what.",
    "non-randomised-controlled-trial": "Two groups that lots did not make.",
    "single-arm-trial": "Everybody was treated, by a plan made before.",
    "case-series": "Several patients who were treated, told afterwards.",
    "case-report": "One patient.",
    "systematic-review": "Studies searched for by a plan, often pooled.",
    "review": "An overview without such a plan.",
    "registry-analysis": "Records of a registry, counted.",
    "cohort": "People observed over time whom the study did not treat.",
    "registered-trial": "A record in a registry, without results yet.",
    "expanded-access": "People treated outside a trial, with a permit.",
    "regulatory-history": "What regulators decided on a product.",
    "company-programme": "The trials of a product, as its maker tells of them.",
    "own-analysis": "What this site computes over other studies.",
    "letter": "A letter to a journal.",
    "not-stated": "What was read does not say.",
}
BLINDINGS = {
    "double": "Neither the people nor those who examined them knew.",
    "single": "One of the two did not know.",
    "open": "Everybody knew.",
    "not-stated": "What was read does not say.",
    "not-applicable": "There was nothing to be kept from anybody.",
}
CONTROLS = {
    "placebo": "Something that looks the same and does nothing.",
    "untreated": "Nothing.",
    "rehabilitation": "Rehabilitation alone.",
    "usual-care": "What people get anyway.",
    "active": "Another treatment.",
    "none": "Nobody is compared with.",
    "historical": "People who were treated earlier, outside the study.",
    "not-stated": "What was read does not say.",
    "not-applicable": "The study compares no groups.",
}
# Of these, what treats everybody: nobody to compare with
SINGLE_ARM = frozenset({"single-arm-trial", "case-series", "case-report", "expanded-access"})

# Also as a number: editors type 2, and print "2"
TrialPhase = Annotated[
    Literal["0", "1", "1/2", "2", "2/3", "3", "4", "not-stated"],
    BeforeValidator(parse_text),
    WithJsonSchema({"enum": ["0", "1", "1/2", "2", "2/3", "3", "4", "not-stated", 0, 1, 2, 3, 4]}),
]


class Design(Model):
    """How a study was made; what the sources read do not say is ``not-stated``."""

    kind: DesignKind = Field(
        description="The kind of study.",
        examples=["randomised-controlled-trial"],
        json_schema_extra=asks("The kind of study, by how its groups were made.", DESIGN_KINDS),
    )
    blinding: Literal["double", "single", "open", "not-stated", "not-applicable"] = Field(
        default="not-stated",
        description="Whether people knew what they got.",
        examples=["double"],
        json_schema_extra=asks(
            "Who did not know what people got: double for people and examiners, single for one of them, open for "
            "nobody.",
            BLINDINGS,
        ),
    )
    phase: TrialPhase | None = Field(
        default=None,
        description="The phase of the trial.",
        examples=["3"],
        json_schema_extra=asks("The phase of the trial, as its registry or paper says."),
    )
    control: Literal[
        "placebo",
        "untreated",
        "rehabilitation",
        "usual-care",
        "active",
        "none",
        "historical",
        "not-stated",
        "not-applicable",
    ] = Field(
        default="not-stated",
        description="What those got who are compared with.",
        examples=["placebo"],
        json_schema_extra=asks("What those got who are compared with.", CONTROLS),
    )
    centres: Literal["one", "many", "not-stated", "not-applicable"] = Field(
        default="not-stated",
        description="Whether it was made in one place or many.",
        examples=["many"],
        json_schema_extra=asks("Whether it was made in one place or in many."),
    )


class Intervention(Model):
    """What was given."""

    cell: Annotated[Words, ListedIn("cells")] = Field(
        title="Kind",
        description="What was given, by the closed list.",
        json_schema_extra=asks(
            "What was given: a word of the list 'cells' in data/vocabularies.yaml."
        ),
    )
    donor: Literal["autologous", "allogeneic", "both", "not-stated", "not-applicable"] = Field(
        default="not-stated",
        description="From whom it came.",
        examples=["autologous"],
        json_schema_extra=asks(
            "From whom it came: autologous from the patient, allogeneic from somebody else."
        ),
    )
    route: Words | None = Field(
        default=None,
        description="How it was given.",
        examples=["a spoon in the evening"],
        json_schema_extra=asks("How it was given, in words."),
    )
    product: Words | None = Field(
        default=None,
        description="The name of the product.",
        examples=["Honigal"],
        json_schema_extra=asks("The name of the product, where it has one."),
    )
    dose: WithUnit | None = Field(
        default=None,
        description="How much was given.",
        examples=["10 g before sleep, for 3 nights"],
        json_schema_extra=asks("How much was given, and how often, in words with their units."),
    )


class Population(Model):
    """In whom; the digits in these texts belong to the study's ``described-in``."""

    description: Words | None = Field(
        default=None,
        description="Who took part.",
        examples=["Children with a cough of less than a week"],
        json_schema_extra=asks(
            "Who took part, in words; the numbers in it stand in the source under 'described-in:'."
        ),
    )
    baseline: Words | None = Field(
        default=None,
        description="How they were before treatment.",
        examples=["Most had a fever"],
        json_schema_extra=asks("How they were before treatment, in words."),
    )
    onset: Words | None = Field(
        default=None,
        description="How long after the condition began they were treated, in words.",
        examples=["within 3 days"],
    )
    country: Words | None = Field(
        default=None,
        description="Where.",
        examples=["Norway"],
        json_schema_extra=asks("Where they were treated."),
    )
    phase: CoursePhase | None = Field(
        default=None,
        description="How long after the condition began that was, by kind.",
        examples=["acute"],
    )
    completeness: Completeness | None = Field(
        default=None,
        description="Whether all, or some, had lost all that the condition can take.",
        examples=["complete"],
        json_schema_extra=asks(
            "Whether all, or some, had lost all that the condition can take, before treatment."
        ),
    )
