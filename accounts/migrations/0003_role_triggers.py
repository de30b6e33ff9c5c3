"""Keep who got or lost a role.

Django makes the table of memberships by itself, so its triggers are written out here.
"""

from django.db import migrations

INSTALL = """
CREATE FUNCTION accounts_keep_role_change() RETURNS TRIGGER AS $$
DECLARE
    membership RECORD;
BEGIN
    IF TG_OP = 'INSERT' THEN membership := NEW; ELSE membership := OLD; END IF;
    INSERT INTO accounts_groupmembershipevent
        (id, user_id, group_id, pgh_context_id, pgh_created_at, pgh_label)
    VALUES
        (membership.id, membership.user_id, membership.group_id, _pgh_attach_context(), NOW(), lower(TG_OP));
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER accounts_role_changed AFTER INSERT OR DELETE ON accounts_user_groups
FOR EACH ROW EXECUTE FUNCTION accounts_keep_role_change();
"""
REMOVE = """
DROP TRIGGER accounts_role_changed ON accounts_user_groups;
DROP FUNCTION accounts_keep_role_change();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_tokens_sign_ins_and_setup")]
    operations = [migrations.RunSQL(INSTALL, REMOVE)]
