from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.organisations import Organisation
from app.models.policies import Policy, PolicyFields
from app.services.ground import Actor, add, select_visible

DEFAULT_POLICY = PolicyFields(
    name="Standard",
    signed_by="Handslag",
    reason="The default every organisation starts with; add a version of your own to replace it.",
)


def add_default_policy(session: Session, organisation_id: UUID) -> Policy:
    values = DEFAULT_POLICY.model_dump() | {
        "organisation_id": organisation_id,
        "number": 1,
    }
    policy = Policy.model_validate(values)
    session.add(policy)
    session.flush()
    return policy


def select_visible_policies(actor: Actor) -> SelectOfScalar[Policy]:
    return select_visible(Policy, actor)


def add_policy_version(session: Session, actor: Actor, fields: PolicyFields) -> Policy:
    """Adds a version, which is then the default of runs that name no policy."""
    # The organisation's row is locked, so that two versions at once do not get the same number.
    owner = select(Organisation).where(Organisation.id == actor.organisation_id)
    session.exec(owner.with_for_update()).one()
    newest = session.exec(
        select(func.max(col(Policy.number))).where(Policy.organisation_id == actor.organisation_id)
    ).one()
    values = fields.model_dump() | {
        "organisation_id": actor.organisation_id,
        "number": (newest or 0) + 1,
    }
    return add(session, actor, Policy.model_validate(values))


def newest_policy(session: Session, actor: Actor) -> Policy:
    query = select_visible(Policy, actor).order_by(None).order_by(col(Policy.number).desc())
    return session.exec(query.limit(1)).one()
