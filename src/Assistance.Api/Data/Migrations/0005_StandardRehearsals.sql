-- 标准调整测算: what another standard would mean for everything in payment. Nothing is changed by it.
CREATE TABLE StandardRehearsal (
    RehearsalId BINARY(16) NOT NULL,
    AppliesOn DATE NOT NULL,
    -- The parameter rows as supposed, so that a run that was interrupted goes on with the same.
    ParametersJson NVARCHAR($Max$) NOT NULL,
    Reasons NVARCHAR(2000) NOT NULL,
    RehearsalState VARCHAR(32) $Code$ NOT NULL,
    RequestedAt DATETIME2(3) NOT NULL,
    RequestedBy VARCHAR(64) $Code$ NOT NULL,
    FinishedAt DATETIME2(3) NULL,
    -- The last award that was gone through.
    LastAwardId BINARY(16) NOT NULL,
    AwardCount INT NOT NULL,
    DoneCount INT NOT NULL,
    RisesCount INT NOT NULL,
    FallsCount INT NOT NULL,
    LeavesCount INT NOT NULL,
    OpenCount INT NOT NULL,
    BeforeFen BIGINT NOT NULL,
    AfterFen BIGINT NOT NULL,
    Version INT NOT NULL,
    CONSTRAINT PK_StandardRehearsal PRIMARY KEY (RehearsalId)
);
CREATE INDEX IX_StandardRehearsal_Running ON StandardRehearsal (RehearsalId) WHERE RehearsalState = 'Running';

-- The awards for which it would mean a change.
CREATE TABLE StandardRehearsalRow (
    RehearsalId BINARY(16) NOT NULL,
    AwardId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    RehearsedChange VARCHAR(32) $Code$ NOT NULL,
    OldMonthlyFen BIGINT NOT NULL,
    NewMonthlyFen BIGINT NOT NULL,
    CONSTRAINT PK_StandardRehearsalRow PRIMARY KEY (RehearsalId, AwardId),
    CONSTRAINT FK_StandardRehearsalRow_Rehearsal FOREIGN KEY (RehearsalId) REFERENCES StandardRehearsal (RehearsalId),
    CONSTRAINT FK_StandardRehearsalRow_Award FOREIGN KEY (AwardId) REFERENCES Award (AwardId),
    CONSTRAINT FK_StandardRehearsalRow_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);
CREATE INDEX IX_StandardRehearsalRow_Award ON StandardRehearsalRow (AwardId);
CREATE INDEX IX_StandardRehearsalRow_CaseFile ON StandardRehearsalRow (CaseFileId);

-- The decision that an award rests on is its newest.
CREATE INDEX IX_Decision_Award ON Decision (AwardId, DecisionId);

-- Everything in payment, by id.
CREATE INDEX IX_Award_InPayment ON Award (AwardId) WHERE AwardState = 'InPayment';
