BEGIN TRANSACTION;
CREATE TABLE addition (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	mac BLOB NOT NULL, 
	CONSTRAINT pk_addition PRIMARY KEY (id), 
	CONSTRAINT fk_addition_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 WITHOUT ROWID

;
INSERT INTO "addition" VALUES('5b4bc5c7486d4971b2467b8304d5123f','7525f5a513704abd9c1803b7c9a91218',X'02206120626F78',X'BE77F0B9360DEB49646CD2C0DD66C5EDD6BA4B75F830755DBC6ACB43FA186E03');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE attempt (
	bucket BLOB NOT NULL, 
	day DATE NOT NULL, 
	count BIGINT NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (bucket)
)
 WITHOUT ROWID

;
INSERT INTO "attempt" VALUES(X'3A2E705487DCA0CBE95187DEDBE71A1B3A4353C857B5107B5554F982E56B4F12','2026-12-18',1);
CREATE TABLE audit (
	seq BIGINT NOT NULL, 
	generation BIGINT NOT NULL, 
	box BLOB NOT NULL, 
	previous BLOB NOT NULL, 
	mac BLOB NOT NULL, 
	pseudonym BLOB, 
	revision BIGINT, 
	digest BLOB, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
)
 WITHOUT ROWID

;
INSERT INTO "audit" VALUES(1,1,X'02206120626F78',X'0000000000000000000000000000000000000000000000000000000000000000',X'666600C850D5A4A74C79AD2F120510BDCB33D742ECE7A3187011E23388ABD0F8',X'12122EDDD94796A513C1CCBD979F9FBBEC8854F9FCAB9A48692AC14C9F82C88A',1,X'7EEE822F586B3865A7067E6DF2B52E91E7EAB17B86DA055695F97EA761F4121B');
CREATE TABLE blob (
	id CHAR(32) NOT NULL, 
	owner CHAR(32) NOT NULL, 
	pieces BIGINT NOT NULL, 
	size_padded BIGINT NOT NULL, 
	CONSTRAINT pk_blob PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "blob" VALUES('8e10197d7d0b4be4b46fe7b14aaca6c7','ce82f1f0e0fd486a9d2b98d8e539a0dc',1,4096);
CREATE TABLE "case" (
	id CHAR(32) NOT NULL, 
	ref VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	hour DATETIME NOT NULL, 
	answer_by DATETIME NOT NULL, 
	state_box BLOB NOT NULL, 
	number VARCHAR, 
	may_rise_at DATETIME, 
	holder CHAR(32), 
	automated BOOLEAN NOT NULL, 
	version BIGINT NOT NULL, warn_at DATETIME, 
	CONSTRAINT pk_case PRIMARY KEY (id), 
	CONSTRAINT uq_case_ref UNIQUE (ref), 
	CONSTRAINT uq_case_number UNIQUE (number), 
	CONSTRAINT fk_case_holder FOREIGN KEY(holder) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "case" VALUES('7525f5a513704abd9c1803b7c9a91218','f7086bb60bc2e865','received','u2','2026-11-18 09:00:00.000000','2026-11-18 09:00:00.000000',X'02206120626F78',NULL,'2026-11-18 09:00:00.000000',NULL,0,1,'2026-11-18 09:00:00.000000');
CREATE TABLE "case_keys" (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	generation BIGINT NOT NULL, 
	box BLOB NOT NULL, 
	ring VARCHAR, 
	member_id CHAR(32), 
	is_taken_back BOOLEAN NOT NULL, 
	CONSTRAINT pk_case_keys PRIMARY KEY (id), 
	CONSTRAINT fk_case_keys_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT ck_case_keys_one_reader CHECK ((ring IS NULL) <> (member_id IS NULL)), 
	CONSTRAINT fk_case_keys_member_id FOREIGN KEY(member_id) REFERENCES member (id), 
	CONSTRAINT uq_case_keys_case_id_member_id UNIQUE (case_id, member_id), 
	CONSTRAINT uq_case_keys_case_id_ring UNIQUE (case_id, ring)
)
 WITHOUT ROWID

;
INSERT INTO "case_keys" VALUES('457f8d952f734644bba8399a50124598','7525f5a513704abd9c1803b7c9a91218',1,X'02206120626F78','case',NULL,0);
INSERT INTO "case_keys" VALUES('663f48f84e0a419ba41606294b3416fa','7525f5a513704abd9c1803b7c9a91218',1,X'02206120626F78',NULL,'1c46b0cbc90443fa83b2313035c2a4b0',0);
CREATE TABLE credential (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	CONSTRAINT pk_credential PRIMARY KEY (id), 
	CONSTRAINT fk_credential_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "credential" VALUES('ea6e7d63ebeb4e86928f1c1da4cb1f8f','1c46b0cbc90443fa83b2313035c2a4b0','mail',X'02206120626F78');
CREATE TABLE document (
	id CHAR(32) NOT NULL, 
	revision BIGINT NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	compartment VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	place INTEGER NOT NULL, generation BIGINT, 
	CONSTRAINT pk_document PRIMARY KEY (place), 
	CONSTRAINT uq_document_id_revision UNIQUE (id, revision), 
	CONSTRAINT fk_document_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);
INSERT INTO "document" VALUES('ce82f1f0e0fd486a9d2b98d8e539a0dc',1,'7525f5a513704abd9c1803b7c9a91218','account','report',X'02206120626F78',6484143710350382397,NULL);
CREATE TABLE "draft" (
	id CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	look_up BLOB, 
	key_box BLOB, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (id), 
	CONSTRAINT uq_draft_look_up UNIQUE (look_up)
)
 WITHOUT ROWID

;
INSERT INTO "draft" VALUES('491bb1176a184839a300e360199e6de0',X'02206120626F78','2026-12-18',X'217F1BD9F6CBD1C82A154BC57447B5B2CAA5FB9A95156ED30CCD8B53E8E4A21C',X'02206120626F78',2);
CREATE TABLE erased (
	id CHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_erased PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "erased" VALUES('04d2b2f9c32d4f7a817b14a332f6161b','2026-12-18');
CREATE TABLE facets (
	case_id CHAR(32) NOT NULL, 
	version BIGINT NOT NULL, 
	generation BIGINT NOT NULL, 
	box BLOB NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_facets PRIMARY KEY (place), 
	CONSTRAINT uq_facets_case_id UNIQUE (case_id), 
	CONSTRAINT fk_facets_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);
INSERT INTO "facets" VALUES('7525f5a513704abd9c1803b7c9a91218',1,1,X'02206120626F78',4090147987723525500);
CREATE TABLE "invitation" (
	id CHAR(32) NOT NULL, 
	role VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	look_up BLOB NOT NULL, 
	member_id CHAR(32), 
	handle VARCHAR NOT NULL, 
	CONSTRAINT pk_invitation PRIMARY KEY (id), 
	CONSTRAINT uq_invitation_look_up UNIQUE (look_up), 
	CONSTRAINT fk_invitation_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "invitation" VALUES('16327f7d71cb40b6b6c951ff02838c7a','handler',X'02206120626F78','2026-12-18',X'E9680C525AEA72C13DA2A2FF8AC8888AEF155F2BF76DD41DA015EF762D7A5BC0','1c46b0cbc90443fa83b2313035c2a4b0','fern');
CREATE TABLE link (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	other_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	CONSTRAINT pk_link PRIMARY KEY (id), 
	CONSTRAINT fk_link_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_link_other_id FOREIGN KEY(other_id) REFERENCES "case" (id)
)
 WITHOUT ROWID

;
INSERT INTO "link" VALUES('d4919589abdd497e8bea53dc5ba4ba31','7525f5a513704abd9c1803b7c9a91218','7525f5a513704abd9c1803b7c9a91218','similar',X'02206120626F78');
CREATE TABLE mailbox (
	case_id CHAR(32) NOT NULL, 
	look_up BLOB NOT NULL, 
	day DATE NOT NULL, 
	key_box BLOB, 
	CONSTRAINT pk_mailbox PRIMARY KEY (case_id), 
	CONSTRAINT fk_mailbox_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT uq_mailbox_look_up UNIQUE (look_up)
)
 WITHOUT ROWID

;
INSERT INTO "mailbox" VALUES('7525f5a513704abd9c1803b7c9a91218',X'0A4F8E9F84D262CA9A6E4918A3ABD59BCA3843534D5379339AE9CEA034CB7855','2026-12-18',X'02206120626F78');
CREATE TABLE member (
	id CHAR(32) NOT NULL, 
	handle VARCHAR NOT NULL, 
	roles VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	public_key BLOB NOT NULL, 
	kdf BLOB NOT NULL, 
	box BLOB NOT NULL, 
	revision BIGINT NOT NULL, since DATE, 
	CONSTRAINT pk_member PRIMARY KEY (id), 
	CONSTRAINT uq_member_handle UNIQUE (handle)
)
 WITHOUT ROWID

;
INSERT INTO "member" VALUES('1c46b0cbc90443fa83b2313035c2a4b0','coordinator','coordinator','active',X'AB5B79E34455EA31BF9E05F158A7562FDF3F2D38F54D2627302FBD17B3D7078F',X'2DF6DD86D3F953FE5369A2BE9FE2901D',X'02206120626F78',1,'2026-12-18');
CREATE TABLE notice (
	id CHAR(32) NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_notice PRIMARY KEY (id), 
	CONSTRAINT fk_notice_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "notice" VALUES('a3a7abbe95e3423da30be933e066a120','1c46b0cbc90443fa83b2313035c2a4b0',X'02206120626F78','2026-12-18');
CREATE TABLE outbox (
	id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	due DATETIME NOT NULL, 
	box BLOB NOT NULL, 
	member_id CHAR(32), 
	tries BIGINT NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "outbox" VALUES('3edc7df573364d9db1edebf2d5c73bbb','urgent','2026-11-18 09:00:00.000000',X'02206120626F78','1c46b0cbc90443fa83b2313035c2a4b0',0);
CREATE TABLE proposal (
	id CHAR(32) NOT NULL, 
	case_id CHAR(32) NOT NULL, 
	action VARCHAR NOT NULL, 
	"by" CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	decided_by CHAR(32), 
	CONSTRAINT pk_proposal PRIMARY KEY (id), 
	CONSTRAINT fk_proposal_case_id FOREIGN KEY(case_id) REFERENCES "case" (id), 
	CONSTRAINT fk_proposal_by FOREIGN KEY("by") REFERENCES member (id), 
	CONSTRAINT fk_proposal_decided_by FOREIGN KEY(decided_by) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "proposal" VALUES('7b2304cddf1841039d3c3345b1b9fd4f','7525f5a513704abd9c1803b7c9a91218','lower','1c46b0cbc90443fa83b2313035c2a4b0',X'02206120626F78','1c46b0cbc90443fa83b2313035c2a4b0');
CREATE TABLE "ring" (
	name VARCHAR NOT NULL, 
	generation BIGINT NOT NULL, 
	public_key BLOB NOT NULL, 
	roster_box BLOB NOT NULL, 
	recovery_box BLOB, 
	previous_box BLOB, 
	roster_revision BIGINT NOT NULL, 
	is_due BOOLEAN NOT NULL, 
	CONSTRAINT pk_ring PRIMARY KEY (name, generation)
)
 WITHOUT ROWID

;
INSERT INTO "ring" VALUES('case',1,X'F07D8E65790A9B6737F60DBA227E59317674B7FDA81F301947C3CA9BCFD546EF',X'02206120626F78',X'02206120626F78',X'02206120626F78',1,0);
CREATE TABLE ring_member (
	ring VARCHAR NOT NULL, 
	generation BIGINT NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	box BLOB NOT NULL, 
	CONSTRAINT pk_ring_member PRIMARY KEY (ring, generation, member_id), 
	CONSTRAINT fk_ring_member_ring_generation FOREIGN KEY(ring, generation) REFERENCES ring (name, generation), 
	CONSTRAINT fk_ring_member_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "ring_member" VALUES('case',1,'1c46b0cbc90443fa83b2313035c2a4b0',X'02206120626F78');
CREATE TABLE session (
	id CHAR(32) NOT NULL, 
	token_hash BLOB NOT NULL, 
	member_id CHAR(32) NOT NULL, 
	key_box BLOB NOT NULL, 
	day DATE NOT NULL, told_box BLOB, 
	CONSTRAINT pk_session PRIMARY KEY (id), 
	CONSTRAINT uq_session_token_hash UNIQUE (token_hash), 
	CONSTRAINT fk_session_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "session" VALUES('9d829297df9f4fa68436ea28ce1eddb3',X'44DD80A9747DF611CCFA8121BEEEE26967C421C13BF5599D4E05D76C96BB6DAE','1c46b0cbc90443fa83b2313035c2a4b0',X'02206120626F78','2026-12-18',X'02206120626F78');
CREATE TABLE setting (
	name VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
)
 WITHOUT ROWID

;
INSERT INTO "setting" VALUES('rota',X'02206120626F78',1);
CREATE TABLE team_document (
	id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	box BLOB NOT NULL, 
	member_id CHAR(32), 
	generation BIGINT, 
	revision BIGINT NOT NULL, 
	CONSTRAINT pk_team_document PRIMARY KEY (id), 
	CONSTRAINT ck_team_document_one_readership CHECK ((generation IS NULL) <> (member_id IS NULL)), 
	CONSTRAINT fk_team_document_member_id FOREIGN KEY(member_id) REFERENCES member (id)
)
 WITHOUT ROWID

;
INSERT INTO "team_document" VALUES('4afc2728ab214839bd98f93c62cdffe0','view',X'02206120626F78','1c46b0cbc90443fa83b2313035c2a4b0',NULL,1);
INSERT INTO "team_document" VALUES('d891e03a62a54e8b8893e7c91d346b84','tag',X'02206120626F78',NULL,1,1);
CREATE INDEX ix_credential_member_id ON credential (member_id);
CREATE INDEX ix_session_member_id ON session (member_id);
CREATE INDEX ix_case_hour ON "case" (hour);
CREATE INDEX ix_case_holder ON "case" (holder);
CREATE INDEX ix_proposal_case_id ON proposal (case_id);
CREATE INDEX ix_link_case_id ON link (case_id);
CREATE INDEX ix_link_other_id ON link (other_id);
CREATE INDEX ix_document_case ON document (case_id, compartment, revision);
CREATE INDEX ix_addition_case_id ON addition (case_id);
CREATE INDEX ix_audit_pseudonym ON audit (pseudonym);
CREATE INDEX ix_case_keys_generation ON case_keys (ring, generation);
CREATE INDEX ix_case_keys_taken_back ON case_keys (is_taken_back) WHERE is_taken_back = 1;
CREATE INDEX ix_case_keys_member_id ON case_keys (member_id);
CREATE INDEX ix_document_generation ON document (generation) WHERE generation IS NOT NULL;
CREATE INDEX ix_notice_member_id ON notice (member_id);
CREATE INDEX ix_case_queue ON "case" (stage, automated, level, answer_by, holder, version);
CREATE INDEX ix_facets_generation ON facets (generation);
CREATE INDEX ix_team_document_member_id ON team_document (member_id);
CREATE INDEX ix_team_document_generation ON team_document (generation);
CREATE INDEX ix_blob_owner ON blob (owner);
CREATE INDEX ix_case_warn_at ON "case" (warn_at, stage, automated, level, holder, version) WHERE warn_at IS NOT NULL;
COMMIT;
