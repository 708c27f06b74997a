-- +goose Up
-- What a written consent holds beside who, to whom, what and until when.
ALTER TABLE consent_consent ADD COLUMN sort TEXT NOT NULL DEFAULT 'general';
ALTER TABLE consent_consent ADD COLUMN regime TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN recipient_kind TEXT NOT NULL DEFAULT 'named';
ALTER TABLE consent_consent ADD COLUMN class TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN members TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN discloser TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN signed_as BYTEA NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN detail BYTEA NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN labels TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN until_event TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN ended_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consent_consent ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN rights TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN warned BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consent_consent ADD COLUMN copied TEXT NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN condition BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consent_consent ADD COLUMN signer TEXT NOT NULL DEFAULT 'self';
ALTER TABLE consent_consent ADD COLUMN signer_name BYTEA NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN signer_why BYTEA NOT NULL DEFAULT '';
ALTER TABLE consent_consent ADD COLUMN early BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consent_consent ADD COLUMN confirm_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consent_consent ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consent_consent ADD COLUMN confirmed_by TEXT NOT NULL DEFAULT '';

-- +goose Down
DROP TABLE consent_consent;
