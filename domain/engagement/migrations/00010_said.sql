-- +goose Up
-- What counts is what was said last, not what began last; and a worry is over
-- when someone says so.
ALTER TABLE engagement_contact ADD COLUMN safe BIGINT NOT NULL DEFAULT 0;
ALTER TABLE engagement_contact ADD COLUMN said_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE engagement_contact ADD COLUMN safety_at BIGINT NOT NULL DEFAULT 0;
UPDATE engagement_contact SET said_at = noted_at;
UPDATE engagement_contact SET safety_at = noted_at WHERE went = 'worry' AND EXISTS (
    SELECT 1 FROM engagement_standing s WHERE s.tenant = engagement_contact.tenant
    AND s.person = engagement_contact.person AND s.worry_at = engagement_contact.started_at);
CREATE INDEX engagement_contact_said ON engagement_contact (tenant, person, said_at);
CREATE INDEX engagement_contact_safety ON engagement_contact (tenant, person, safety_at) WHERE safety_at > 0;

-- +goose Down
DROP INDEX engagement_contact_safety;
DROP INDEX engagement_contact_said;
ALTER TABLE engagement_contact DROP COLUMN safety_at;
ALTER TABLE engagement_contact DROP COLUMN said_at;
ALTER TABLE engagement_contact DROP COLUMN safe;
