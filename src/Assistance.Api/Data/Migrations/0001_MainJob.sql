-- One text for both engines. $Code$ makes a code compare byte for byte on SQL Server; $Max$ is its unbounded length.
-- Ids are version-7 UUIDs in network order, money is fen, instants are UTC, dates are days in China.

CREATE TABLE Division (
    DivisionCode VARCHAR(12) $Code$ NOT NULL,
    DivisionName NVARCHAR(100) NOT NULL,
    DivisionLevel VARCHAR(16) $Code$ NOT NULL,
    ParentDivisionCode VARCHAR(12) $Code$ NULL,
    CONSTRAINT PK_Division PRIMARY KEY (DivisionCode)
);

CREATE TABLE CalendarDay (
    DayOn DATE NOT NULL,
    IsDayOff BIT NOT NULL,
    SourceText NVARCHAR(400) NOT NULL,
    CONSTRAINT PK_CalendarDay PRIMARY KEY (DayOn)
);

CREATE TABLE LegalBasis (
    BasisCode VARCHAR(32) $Code$ NOT NULL,
    FromOn DATE NOT NULL,
    ToOn DATE NULL,
    InstrumentZh NVARCHAR(200) NOT NULL,
    InstrumentEn NVARCHAR(200) NOT NULL,
    ArticleZh NVARCHAR(100) NOT NULL,
    ArticleEn NVARCHAR(100) NOT NULL,
    TextZh NVARCHAR(2000) NOT NULL,
    SourceText NVARCHAR(400) NOT NULL,
    CONSTRAINT PK_LegalBasis PRIMARY KEY (BasisCode, FromOn)
);

CREATE TABLE PolicyParameter (
    ParameterCode VARCHAR(100) $Code$ NOT NULL,
    FromOn DATE NOT NULL,
    ToOn DATE NULL,
    ParameterValue BIGINT NOT NULL,
    Unit VARCHAR(32) $Code$ NOT NULL,
    BasisCode VARCHAR(32) $Code$ NOT NULL,
    DocumentNumber NVARCHAR(100) NULL,
    IsSample BIT NOT NULL,
    CONSTRAINT PK_PolicyParameter PRIMARY KEY (ParameterCode, FromOn)
);

CREATE TABLE IncomeKindRule (
    IncomeKind VARCHAR(32) $Code$ NOT NULL,
    FromOn DATE NOT NULL,
    ToOn DATE NULL,
    IncomeClass VARCHAR(32) $Code$ NOT NULL,
    IsCounted BIT NOT NULL,
    BasisCode VARCHAR(32) $Code$ NOT NULL,
    CONSTRAINT PK_IncomeKindRule PRIMARY KEY (IncomeKind, FromOn)
);

CREATE TABLE DisclosureItemType (
    ItemCode VARCHAR(64) $Code$ NOT NULL,
    Programmes VARCHAR(400) $Code$ NOT NULL,
    FromOn DATE NOT NULL,
    ToOn DATE NULL,
    ItemCircumstance VARCHAR(32) $Code$ NOT NULL,
    LookupSource VARCHAR(32) $Code$ NULL,
    IsAnsweredByNoRecord BIT NOT NULL,
    IsMetByTheForm BIT NOT NULL,
    SupplyWays VARCHAR(100) $Code$ NOT NULL,
    CopyCount INT NOT NULL,
    BasisCode VARCHAR(32) $Code$ NOT NULL,
    NameZh NVARCHAR(100) NOT NULL,
    NameEn NVARCHAR(200) NOT NULL,
    WhyZh NVARCHAR(400) NOT NULL,
    ExampleZh NVARCHAR(400) NOT NULL,
    CONSTRAINT PK_DisclosureItemType PRIMARY KEY (ItemCode, FromOn)
);

CREATE TABLE Sentence (
    SentenceCode VARCHAR(64) $Code$ NOT NULL,
    FromOn DATE NOT NULL,
    ToOn DATE NULL,
    TextZh NVARCHAR(2000) NOT NULL,
    TextEn NVARCHAR(2000) NOT NULL,
    CONSTRAINT PK_Sentence PRIMARY KEY (SentenceCode, FromOn)
);

CREATE TABLE DocumentTemplate (
    TemplateCode VARCHAR(64) $Code$ NOT NULL,
    FromOn DATE NOT NULL,
    ToOn DATE NULL,
    TemplateText NVARCHAR($Max$) NOT NULL,
    CONSTRAINT PK_DocumentTemplate PRIMARY KEY (TemplateCode, FromOn)
);

CREATE TABLE SeedLoad (
    SeedName VARCHAR(100) $Code$ NOT NULL,
    ContentHash VARCHAR(64) $Code$ NOT NULL,
    LoadedAt DATETIME2(3) NOT NULL,
    CONSTRAINT PK_SeedLoad PRIMARY KEY (SeedName)
);

CREATE TABLE NumberSeries (
    SeriesCode VARCHAR(64) $Code$ NOT NULL,
    LastNumber BIGINT NOT NULL,
    CONSTRAINT PK_NumberSeries PRIMARY KEY (SeriesCode)
);

CREATE TABLE Person (
    PersonId BINARY(16) NOT NULL,
    IdentityHash VARCHAR(72) $Code$ NULL,
    IdentityCipher VARBINARY(256) NULL,
    IdentityMask VARCHAR(18) $Code$ NULL,
    PersonName NVARCHAR(100) NOT NULL,
    NameKey VARBINARY(320) NOT NULL,
    BornOn DATE NOT NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    CONSTRAINT PK_Person PRIMARY KEY (PersonId)
);

-- Names are found by bytes, whose order is the same on both engines; unique, so that a page of names needs no sorting.
CREATE UNIQUE INDEX UX_Person_NameKey ON Person (NameKey, BornOn, PersonId);
CREATE UNIQUE INDEX UX_Person_IdentityHash ON Person (IdentityHash) WHERE IdentityHash IS NOT NULL;

-- One form handed in: one household, one disclosure, one timeline, and one application a programme. A later application of
-- the same applicant opens a file of its own that names the one before. The disclosed snapshot is the household that is
-- asked for; it stays when an award's household goes on.
CREATE TABLE CaseFile (
    CaseFileId BINARY(16) NOT NULL,
    CaseNumber VARCHAR(40) $Code$ NOT NULL,
    ApplicantPersonId BINARY(16) NOT NULL,
    RegisteredDivisionCode VARCHAR(12) $Code$ NOT NULL,
    RegisteredAddress NVARCHAR(200) NOT NULL,
    HabitualDivisionCode VARCHAR(12) $Code$ NOT NULL,
    HabitualAddress NVARCHAR(200) NOT NULL,
    DeclaredDivisionCode VARCHAR(12) $Code$ NOT NULL,
    DeclaredAddress NVARCHAR(200) NOT NULL,
    MovedOn DATE NULL,
    ContactPhone NVARCHAR(30) NOT NULL,
    PledgedOn DATE NOT NULL,
    PreviousCaseFileId BINARY(16) NULL,
    SnapshotNumber INT NOT NULL,
    DisclosedSnapshotNumber INT NOT NULL,
    LastEventNumber INT NOT NULL,
    OpenedAt DATETIME2(3) NOT NULL,
    CONSTRAINT PK_CaseFile PRIMARY KEY (CaseFileId)
);
CREATE UNIQUE INDEX UX_CaseFile_CaseNumber ON CaseFile (CaseNumber);
CREATE INDEX IX_CaseFile_Applicant ON CaseFile (ApplicantPersonId, CaseFileId);

CREATE TABLE CaseMember (
    CaseFileId BINARY(16) NOT NULL,
    PersonId BINARY(16) NOT NULL,
    MemberName NVARCHAR(100) NOT NULL,
    CONSTRAINT PK_CaseMember PRIMARY KEY (CaseFileId, PersonId),
    CONSTRAINT FK_CaseMember_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_CaseMember_Person FOREIGN KEY (PersonId) REFERENCES Person (PersonId)
);
CREATE UNIQUE INDEX UX_CaseMember_Person ON CaseMember (PersonId, CaseFileId);

CREATE TABLE HouseholdSnapshot (
    CaseFileId BINARY(16) NOT NULL,
    SnapshotNumber INT NOT NULL,
    SnapshotCause VARCHAR(32) $Code$ NOT NULL,
    HouseholdJson NVARCHAR($Max$) NOT NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    CONSTRAINT PK_HouseholdSnapshot PRIMARY KEY (CaseFileId, SnapshotNumber),
    CONSTRAINT FK_HouseholdSnapshot_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);

CREATE TABLE CompositionDetermination (
    CaseFileId BINARY(16) NOT NULL,
    SnapshotNumber INT NOT NULL,
    PersonId BINARY(16) NOT NULL,
    IsCounted BIT NOT NULL,
    Reasons NVARCHAR(2000) NOT NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_CompositionDetermination PRIMARY KEY (CaseFileId, SnapshotNumber),
    CONSTRAINT FK_CompositionDetermination_Snapshot FOREIGN KEY (CaseFileId, SnapshotNumber) REFERENCES HouseholdSnapshot (CaseFileId, SnapshotNumber)
);

-- Whether somebody who owes support is able to give it, as the office found.
CREATE TABLE ObligorDetermination (
    CaseFileId BINARY(16) NOT NULL,
    SnapshotNumber INT NOT NULL,
    PersonId BINARY(16) NOT NULL,
    ObligorAbility VARCHAR(64) $Code$ NOT NULL,
    Reasons NVARCHAR(2000) NOT NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_ObligorDetermination PRIMARY KEY (CaseFileId, SnapshotNumber),
    CONSTRAINT FK_ObligorDetermination_Snapshot FOREIGN KEY (CaseFileId, SnapshotNumber) REFERENCES HouseholdSnapshot (CaseFileId, SnapshotNumber)
);

CREATE TABLE ProgrammeClaim (
    PersonId BINARY(16) NOT NULL,
    Programme VARCHAR(32) $Code$ NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    CONSTRAINT PK_ProgrammeClaim PRIMARY KEY (PersonId, Programme),
    CONSTRAINT FK_ProgrammeClaim_Person FOREIGN KEY (PersonId) REFERENCES Person (PersonId),
    CONSTRAINT FK_ProgrammeClaim_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);
CREATE INDEX IX_ProgrammeClaim_CaseFile ON ProgrammeClaim (CaseFileId);

CREATE TABLE VerificationConsent (
    ConsentId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    PersonId BINARY(16) NOT NULL,
    SignerPersonId BINARY(16) NOT NULL,
    SignedOn DATE NOT NULL,
    EndsOn DATE NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    RevokedAt DATETIME2(3) NULL,
    RevokedBy VARCHAR(64) $Code$ NULL,
    CONSTRAINT PK_VerificationConsent PRIMARY KEY (ConsentId),
    CONSTRAINT FK_VerificationConsent_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_VerificationConsent_Person FOREIGN KEY (PersonId) REFERENCES Person (PersonId)
);
-- What a look-up refers to: it cannot name a consent of another person or case.
CREATE UNIQUE INDEX UX_VerificationConsent_Subject ON VerificationConsent (ConsentId, CaseFileId, PersonId);
CREATE INDEX IX_VerificationConsent_CaseFile ON VerificationConsent (CaseFileId, ConsentId);
-- One that stands at a time: a new one takes the place of the old one.
CREATE UNIQUE INDEX UX_VerificationConsent_Standing ON VerificationConsent (CaseFileId, PersonId) WHERE RevokedAt IS NULL;
CREATE INDEX IX_VerificationConsent_Person ON VerificationConsent (PersonId);

-- That a person said no: by withdrawing the consent named, or by refusing to give one. A consent that a newer one took the
-- place of is revoked without a row here: its answers go on being used, those of a withdrawn one do not.
CREATE TABLE ConsentRefusal (
    RefusalId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    PersonId BINARY(16) NOT NULL,
    ConsentId BINARY(16) NULL,
    Reasons NVARCHAR(2000) NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_ConsentRefusal PRIMARY KEY (RefusalId),
    CONSTRAINT FK_ConsentRefusal_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_ConsentRefusal_Person FOREIGN KEY (PersonId) REFERENCES Person (PersonId),
    CONSTRAINT FK_ConsentRefusal_Consent FOREIGN KEY (ConsentId, CaseFileId, PersonId) REFERENCES VerificationConsent (ConsentId, CaseFileId, PersonId)
);
CREATE INDEX IX_ConsentRefusal_CaseFile ON ConsentRefusal (CaseFileId, RefusalId);
CREATE INDEX IX_ConsentRefusal_Person ON ConsentRefusal (PersonId);
CREATE INDEX IX_ConsentRefusal_Consent ON ConsentRefusal (ConsentId, CaseFileId, PersonId);

CREATE TABLE Application (
    ApplicationId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    Programme VARCHAR(32) $Code$ NOT NULL,
    ApplicationState VARCHAR(32) $Code$ NOT NULL,
    ReceivingDivisionCode VARCHAR(12) $Code$ NOT NULL,
    AcceptingDivisionCode VARCHAR(12) $Code$ NOT NULL,
    IsResidenceDiffering BIT NOT NULL,
    RoutingJson NVARCHAR($Max$) NOT NULL,
    SubmittedAt DATETIME2(3) NOT NULL,
    SubmittedBy VARCHAR(64) $Code$ NOT NULL,
    AcceptedAt DATETIME2(3) NULL,
    ReviewedBy VARCHAR(64) $Code$ NULL,
    ReviewOpinion VARCHAR(32) $Code$ NULL,
    ReviewReasons NVARCHAR(2000) NULL,
    DueOn DATE NULL,
    IsDueProvisional BIT NOT NULL,
    CompletedMonthOn DATE NULL,
    CompletionDayCount INT NULL,
    Version INT NOT NULL,
    CONSTRAINT PK_Application PRIMARY KEY (ApplicationId),
    CONSTRAINT FK_Application_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);
CREATE INDEX IX_Application_CaseFile ON Application (CaseFileId, ApplicationId);

-- The month in which nothing was outstanding any more, and how many days after submission: for the burden figures.
CREATE INDEX IX_Application_Completed ON Application (CompletedMonthOn, AcceptingDivisionCode, CompletionDayCount) WHERE CompletedMonthOn IS NOT NULL;

-- Who sees an application: the office that received it, the one that accepts it, and their district. A row for each,
-- with what work lists are filtered by, so that a list is one range of one index however deep the page. The community is
-- where the household lives; the due day is there only while the application is open.
CREATE TABLE ApplicationOffice (
    DivisionCode VARCHAR(12) $Code$ NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    ApplicationState VARCHAR(32) $Code$ NOT NULL,
    Programme VARCHAR(32) $Code$ NOT NULL,
    CommunityCode VARCHAR(12) $Code$ NOT NULL,
    DueOn DATE NULL,
    CONSTRAINT PK_ApplicationOffice PRIMARY KEY (DivisionCode, ApplicationId),
    CONSTRAINT FK_ApplicationOffice_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE INDEX IX_ApplicationOffice_Application ON ApplicationOffice (ApplicationId);
CREATE INDEX IX_ApplicationOffice_State ON ApplicationOffice (DivisionCode, ApplicationState, ApplicationId, Programme);
CREATE INDEX IX_ApplicationOffice_Programme ON ApplicationOffice (DivisionCode, Programme, ApplicationId);
CREATE INDEX IX_ApplicationOffice_Community ON ApplicationOffice (DivisionCode, CommunityCode, ApplicationId, Programme);
CREATE INDEX IX_ApplicationOffice_StateCommunity ON ApplicationOffice (DivisionCode, ApplicationState, CommunityCode, ApplicationId, Programme);
CREATE INDEX IX_ApplicationOffice_Due ON ApplicationOffice (DivisionCode, DueOn, ApplicationId) WHERE DueOn IS NOT NULL;

CREATE TABLE ProcedureClock (
    ApplicationId BINARY(16) NOT NULL,
    ClockCode VARCHAR(32) $Code$ NOT NULL,
    StartingEvent VARCHAR(32) $Code$ NOT NULL,
    StartedOn DATE NOT NULL,
    WorkingDayCount INT NOT NULL,
    DueOn DATE NOT NULL,
    IsDueProvisional BIT NOT NULL,
    BasisCode VARCHAR(32) $Code$ NOT NULL,
    MetOn DATE NULL,
    CONSTRAINT PK_ProcedureClock PRIMARY KEY (ApplicationId, ClockCode),
    CONSTRAINT FK_ProcedureClock_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);

-- The passing of an application from office to office. It stays with the one until the other has taken it up.
CREATE TABLE Transfer (
    TransferId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    TransferKind VARCHAR(32) $Code$ NOT NULL,
    FromDivisionCode VARCHAR(12) $Code$ NOT NULL,
    ToDivisionCode VARCHAR(12) $Code$ NOT NULL,
    BasisCode VARCHAR(32) $Code$ NOT NULL,
    Reasons NVARCHAR(2000) NULL,
    RoutingJson NVARCHAR($Max$) NULL,
    SentAt DATETIME2(3) NOT NULL,
    SentBy VARCHAR(64) $Code$ NOT NULL,
    DueOn DATE NOT NULL,
    IsDueProvisional BIT NOT NULL,
    ReceivedAt DATETIME2(3) NULL,
    ReceivedBy VARCHAR(64) $Code$ NULL,
    WithdrawnAt DATETIME2(3) NULL,
    CONSTRAINT PK_Transfer PRIMARY KEY (TransferId),
    CONSTRAINT FK_Transfer_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE INDEX IX_Transfer_Application ON Transfer (ApplicationId, TransferId);
CREATE UNIQUE INDEX UX_Transfer_Open ON Transfer (ApplicationId) WHERE ReceivedAt IS NULL AND WithdrawnAt IS NULL;

-- A street that thinks another should accept asks the district; the household is never a party to it.
CREATE TABLE Arbitration (
    ArbitrationId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    RequestingDivisionCode VARCHAR(12) $Code$ NOT NULL,
    RequestReasons NVARCHAR(2000) NOT NULL,
    RequestedAt DATETIME2(3) NOT NULL,
    RequestedBy VARCHAR(64) $Code$ NOT NULL,
    DueOn DATE NOT NULL,
    IsDueProvisional BIT NOT NULL,
    DecidedAt DATETIME2(3) NULL,
    DecidedBy VARCHAR(64) $Code$ NULL,
    AcceptingDivisionCode VARCHAR(12) $Code$ NULL,
    Reasons NVARCHAR(2000) NULL,
    CONSTRAINT PK_Arbitration PRIMARY KEY (ArbitrationId),
    CONSTRAINT FK_Arbitration_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE INDEX IX_Arbitration_Application ON Arbitration (ApplicationId, ArbitrationId);
CREATE UNIQUE INDEX UX_Arbitration_Open ON Arbitration (ApplicationId) WHERE DecidedAt IS NULL;

-- The one list of a case as the household was told it: version 1, and one more for each recorded override. The counts
-- and the month are what the burden figures are summed from.
CREATE TABLE Disclosure (
    DisclosureId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    DisclosureVersion INT NOT NULL,
    DisclosureNumber NVARCHAR(60) NOT NULL,
    AcceptingDivisionCode VARCHAR(12) $Code$ NOT NULL,
    SealedMonthOn DATE NOT NULL,
    SealedAt DATETIME2(3) NOT NULL,
    SealedBy VARCHAR(64) $Code$ NOT NULL,
    Reasons NVARCHAR(2000) NULL,
    AskedCount INT NOT NULL,
    AnsweredCount INT NOT NULL,
    OnFileCount INT NOT NULL,
    ContentHash VARCHAR(64) $Code$ NOT NULL,
    DisclosureJson NVARCHAR($Max$) NOT NULL,
    CONSTRAINT PK_Disclosure PRIMARY KEY (DisclosureId),
    CONSTRAINT FK_Disclosure_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);
CREATE UNIQUE INDEX UX_Disclosure_Version ON Disclosure (CaseFileId, DisclosureVersion);
CREATE UNIQUE INDEX UX_Disclosure_Number ON Disclosure (DisclosureNumber);
CREATE INDEX IX_Disclosure_Month ON Disclosure (SealedMonthOn, AcceptingDivisionCode, DisclosureVersion, AskedCount, AnsweredCount, OnFileCount);

CREATE TABLE DisclosureAcknowledgement (
    DisclosureId BINARY(16) NOT NULL,
    AcknowledgementWay VARCHAR(32) $Code$ NOT NULL,
    AcknowledgedOn DATE NOT NULL,
    PersonId BINARY(16) NOT NULL,
    Remark NVARCHAR(500) NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_DisclosureAcknowledgement PRIMARY KEY (DisclosureId),
    CONSTRAINT FK_DisclosureAcknowledgement_Disclosure FOREIGN KEY (DisclosureId) REFERENCES Disclosure (DisclosureId),
    CONSTRAINT FK_DisclosureAcknowledgement_Person FOREIGN KEY (PersonId) REFERENCES Person (PersonId)
);
CREATE INDEX IX_DisclosureAcknowledgement_Person ON DisclosureAcknowledgement (PersonId);

-- What the household showed or promised. A later row of the same item replaces the one before and leaves it on record.
CREATE TABLE DisclosureSupply (
    CaseFileId BINARY(16) NOT NULL,
    ItemKey VARCHAR(100) $Code$ NOT NULL,
    SupplyNumber INT NOT NULL,
    ItemCode VARCHAR(64) $Code$ NOT NULL,
    PersonId BINARY(16) NULL,
    SupplyWay VARCHAR(32) $Code$ NOT NULL,
    Remark NVARCHAR(500) NULL,
    SuppliedAt DATETIME2(3) NOT NULL,
    SuppliedTo VARCHAR(64) $Code$ NOT NULL,
    ReturnReason VARCHAR(32) $Code$ NULL,
    ReturnRemark NVARCHAR(500) NULL,
    ReturnedAt DATETIME2(3) NULL,
    ReturnedBy VARCHAR(64) $Code$ NULL,
    CONSTRAINT PK_DisclosureSupply PRIMARY KEY (CaseFileId, ItemKey, SupplyNumber),
    CONSTRAINT FK_DisclosureSupply_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_DisclosureSupply_Person FOREIGN KEY (PersonId) REFERENCES Person (PersonId)
);
CREATE INDEX IX_DisclosureSupply_Person ON DisclosureSupply (PersonId);

CREATE TABLE DisclosureContestation (
    ContestationId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    ItemKey VARCHAR(100) $Code$ NOT NULL,
    LookupId BINARY(16) NOT NULL,
    Statement NVARCHAR(2000) NOT NULL,
    ContestedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_DisclosureContestation PRIMARY KEY (ContestationId),
    CONSTRAINT FK_DisclosureContestation_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);
CREATE INDEX IX_DisclosureContestation_Lookup ON DisclosureContestation (LookupId);
CREATE INDEX IX_DisclosureContestation_CaseFile ON DisclosureContestation (CaseFileId, ContestationId);

CREATE TABLE DisclosureWaiver (
    CaseFileId BINARY(16) NOT NULL,
    ItemKey VARCHAR(100) $Code$ NOT NULL,
    Reasons NVARCHAR(2000) NOT NULL,
    WaivedAt DATETIME2(3) NOT NULL,
    WaivedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_DisclosureWaiver PRIMARY KEY (CaseFileId, ItemKey),
    CONSTRAINT FK_DisclosureWaiver_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);

-- What a supervisor had asked for beyond the sealed list, told by a disclosure of its own.
CREATE TABLE DisclosureOverride (
    CaseFileId BINARY(16) NOT NULL,
    ItemKey VARCHAR(100) $Code$ NOT NULL,
    DisclosureId BINARY(16) NOT NULL,
    ItemCode VARCHAR(64) $Code$ NOT NULL,
    PersonId BINARY(16) NULL,
    MaterialName NVARCHAR(100) NULL,
    MaterialWhy NVARCHAR(400) NULL,
    CONSTRAINT PK_DisclosureOverride PRIMARY KEY (CaseFileId, ItemKey),
    CONSTRAINT FK_DisclosureOverride_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_DisclosureOverride_Disclosure FOREIGN KEY (DisclosureId) REFERENCES Disclosure (DisclosureId)
);
CREATE INDEX IX_DisclosureOverride_Disclosure ON DisclosureOverride (DisclosureId);

-- A bulk re-check: its rows are spread bit by bit, and it can be paused, resumed and cancelled.
CREATE TABLE VerificationJob (
    JobId BINARY(16) NOT NULL,
    DivisionCode VARCHAR(12) $Code$ NOT NULL,
    Programme VARCHAR(32) $Code$ NULL,
    JobState VARCHAR(32) $Code$ NOT NULL,
    Reasons NVARCHAR(2000) NOT NULL,
    RequestedAt DATETIME2(3) NOT NULL,
    RequestedBy VARCHAR(64) $Code$ NOT NULL,
    -- Who paused, resumed or cancelled it last.
    ChangedAt DATETIME2(3) NULL,
    ChangedBy VARCHAR(64) $Code$ NULL,
    StartedAt DATETIME2(3) NULL,
    -- How far the granted applications of the division were gone through: the last one looked at.
    ListedUntilId BINARY(16) NOT NULL,
    IsListed BIT NOT NULL,
    FinishedAt DATETIME2(3) NULL,
    Version INT NOT NULL,
    CONSTRAINT PK_VerificationJob PRIMARY KEY (JobId)
);
-- One that was cancelled still has to see its last questions answered.
CREATE INDEX IX_VerificationJob_Unfinished ON VerificationJob (JobId) WHERE FinishedAt IS NULL;

-- A round of means verification is written with the act that calls for it; its look-ups are spread out after the commit.
CREATE TABLE MeansVerification (
    MeansVerificationId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    RoundNumber INT NOT NULL,
    SnapshotNumber INT NOT NULL,
    Purpose VARCHAR(32) $Code$ NOT NULL,
    CausedBy VARCHAR(64) $Code$ NOT NULL,
    -- Whether answers that other cases hold and that still are valid serve, so that nobody is asked twice.
    IsReuseAllowed BIT NOT NULL,
    -- The bulk job that called for it.
    JobId BINARY(16) NULL,
    RequestedAt DATETIME2(3) NOT NULL,
    IsSpread BIT NOT NULL,
    CONSTRAINT PK_MeansVerification PRIMARY KEY (MeansVerificationId),
    CONSTRAINT FK_MeansVerification_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_MeansVerification_Job FOREIGN KEY (JobId) REFERENCES VerificationJob (JobId)
);
CREATE UNIQUE INDEX UX_MeansVerification_Round ON MeansVerification (CaseFileId, RoundNumber);
CREATE INDEX IX_MeansVerification_Waiting ON MeansVerification (MeansVerificationId) WHERE IsSpread = 0;
CREATE INDEX IX_MeansVerification_Job ON MeansVerification (JobId);

CREATE TABLE Lookup (
    LookupId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    RoundNumber INT NOT NULL,
    PersonId BINARY(16) NOT NULL,
    LookupSource VARCHAR(32) $Code$ NOT NULL,
    Purpose VARCHAR(32) $Code$ NOT NULL,
    BasisCode VARCHAR(32) $Code$ NOT NULL,
    ConsentId BINARY(16) NOT NULL,
    CausedBy VARCHAR(64) $Code$ NOT NULL,
    LookupState VARCHAR(32) $Code$ NOT NULL,
    AttemptCount INT NOT NULL,
    DueAt DATETIME2(3) NOT NULL,
    LeaseOwner VARCHAR(64) $Code$ NULL,
    LeaseUntilAt DATETIME2(3) NULL,
    AskedAt DATETIME2(3) NULL,
    -- The department's clock by the data-sharing regulation: its word whether it shares, and then the data.
    SharingClock VARCHAR(32) $Code$ NULL,
    SharingDueOn DATE NULL,
    IsDueProvisional BIT NOT NULL,
    SubmittedAt DATETIME2(3) NULL,
    AnsweredAt DATETIME2(3) NULL,
    AnswerRevision INT NOT NULL,
    ValidUntilOn DATE NULL,
    ResponseHash VARCHAR(64) $Code$ NULL,
    LookupCause VARCHAR(64) $Code$ NULL,
    -- Since when nothing is done about it by itself: set aside, or given up. An officer may have it asked again.
    ParkedAt DATETIME2(3) NULL,
    -- How long the department took for its first answer, in working days from the request: for the figures.
    AnsweredMonthOn DATE NULL,
    AnswerDayCount INT NULL,
    IsAnswerLate BIT NULL,
    -- When the body of an answer was last deleted (政务数据共享条例 art. 29: its destruction is on record too).
    BodyDeletedOn DATE NULL,
    -- The look-up of the same person and department, of whatever case, whose answer serves here too.
    ReusedLookupId BINARY(16) NULL,
    CONSTRAINT PK_Lookup PRIMARY KEY (LookupId),
    CONSTRAINT FK_Lookup_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_Lookup_Person FOREIGN KEY (PersonId) REFERENCES Person (PersonId),
    CONSTRAINT FK_Lookup_Consent FOREIGN KEY (ConsentId, CaseFileId, PersonId) REFERENCES VerificationConsent (ConsentId, CaseFileId, PersonId),
    CONSTRAINT FK_Lookup_Reused FOREIGN KEY (ReusedLookupId) REFERENCES Lookup (LookupId)
);
CREATE UNIQUE INDEX UX_Lookup_Round ON Lookup (CaseFileId, RoundNumber, PersonId, LookupSource);
CREATE INDEX IX_Lookup_Person ON Lookup (PersonId, LookupSource, AnsweredAt);
CREATE INDEX IX_Lookup_Consent ON Lookup (ConsentId, CaseFileId, PersonId);
CREATE INDEX IX_Lookup_Reused ON Lookup (ReusedLookupId);
CREATE INDEX IX_Lookup_Due ON Lookup (LookupSource, DueAt, LookupId) WHERE LookupState IN ('Pending', 'Submitted', 'Unavailable');
CREATE INDEX IX_Lookup_SharingDue ON Lookup (SharingDueOn, LookupId, LookupSource) WHERE LookupState IN ('Pending', 'Submitted', 'Unavailable');
CREATE INDEX IX_Lookup_SharingDueOfSource ON Lookup (LookupSource, SharingDueOn, LookupId) WHERE LookupState IN ('Pending', 'Submitted', 'Unavailable');
CREATE INDEX IX_Lookup_Parked ON Lookup (LookupId) WHERE LookupState IN ('SetAside', 'Unavailable') AND ParkedAt IS NOT NULL;
CREATE INDEX IX_Lookup_ParkedOfSource ON Lookup (LookupSource, LookupId) WHERE LookupState IN ('SetAside', 'Unavailable') AND ParkedAt IS NOT NULL;
-- What waits for a department or for an officer, to be counted.
CREATE INDEX IX_Lookup_Queue ON Lookup (LookupSource, LookupState, DueAt, ParkedAt) WHERE LookupState IN ('Pending', 'Submitted', 'Unavailable', 'SetAside');
CREATE INDEX IX_Lookup_AnsweredMonth ON Lookup (AnsweredMonthOn, LookupSource, IsAnswerLate, AnswerDayCount) WHERE AnsweredMonthOn IS NOT NULL;

-- An answer as it came in, encrypted, until its day of deletion; its hash and the facts drawn from it remain.
CREATE TABLE LookupBody (
    LookupId BINARY(16) NOT NULL,
    AnswerRevision INT NOT NULL,
    ReceivedAt DATETIME2(3) NOT NULL,
    BodyCipher VARBINARY($Max$) NOT NULL,
    DeleteOn DATE NOT NULL,
    CONSTRAINT PK_LookupBody PRIMARY KEY (LookupId, AnswerRevision),
    CONSTRAINT FK_LookupBody_Lookup FOREIGN KEY (LookupId) REFERENCES Lookup (LookupId)
);
CREATE INDEX IX_LookupBody_DeleteOn ON LookupBody (DeleteOn, LookupId, AnswerRevision);

CREATE TABLE LookupFact (
    LookupId BINARY(16) NOT NULL,
    FactNumber INT NOT NULL,
    FactKind VARCHAR(32) $Code$ NOT NULL,
    AmountFen BIGINT NULL,
    FactCount INT NULL,
    DivisionCode VARCHAR(12) $Code$ NULL,
    FromOn DATE NULL,
    ToOn DATE NULL,
    CONSTRAINT PK_LookupFact PRIMARY KEY (LookupId, FactNumber),
    CONSTRAINT FK_LookupFact_Lookup FOREIGN KEY (LookupId) REFERENCES Lookup (LookupId)
);

-- How an officer settled that statements about one thing differ, for the very statements that stood then.
CREATE TABLE DisagreementResolution (
    ResolutionId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    PersonId BINARY(16) NOT NULL,
    DisagreementField VARCHAR(32) $Code$ NOT NULL,
    StatementsHash VARCHAR(64) $Code$ NOT NULL,
    ResolutionKind VARCHAR(32) $Code$ NOT NULL,
    LookupSource VARCHAR(32) $Code$ NULL,
    Reasons NVARCHAR(2000) NOT NULL,
    ResolvedAt DATETIME2(3) NOT NULL,
    ResolvedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_DisagreementResolution PRIMARY KEY (ResolutionId),
    CONSTRAINT FK_DisagreementResolution_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_DisagreementResolution_Person FOREIGN KEY (PersonId) REFERENCES Person (PersonId)
);
CREATE INDEX IX_DisagreementResolution_CaseFile ON DisagreementResolution (CaseFileId, ResolutionId);
CREATE INDEX IX_DisagreementResolution_Person ON DisagreementResolution (PersonId);

-- 校核申请: a department is asked to look at what it stated, within its days.
CREATE TABLE CorrectionTicket (
    TicketId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    LookupId BINARY(16) NOT NULL,
    LookupSource VARCHAR(32) $Code$ NOT NULL,
    Statement NVARCHAR(2000) NOT NULL,
    TicketState VARCHAR(32) $Code$ NOT NULL,
    RequestedAt DATETIME2(3) NOT NULL,
    RequestedBy VARCHAR(64) $Code$ NOT NULL,
    DueAt DATETIME2(3) NOT NULL,
    LeaseOwner VARCHAR(64) $Code$ NULL,
    LeaseUntilAt DATETIME2(3) NULL,
    AttemptCount INT NOT NULL,
    SentAt DATETIME2(3) NULL,
    DueOn DATE NULL,
    IsDueProvisional BIT NOT NULL,
    AnsweredAt DATETIME2(3) NULL,
    Remark NVARCHAR(500) NULL,
    CONSTRAINT PK_CorrectionTicket PRIMARY KEY (TicketId),
    CONSTRAINT FK_CorrectionTicket_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_CorrectionTicket_Lookup FOREIGN KEY (LookupId) REFERENCES Lookup (LookupId)
);
CREATE INDEX IX_CorrectionTicket_CaseFile ON CorrectionTicket (CaseFileId, TicketId);
CREATE INDEX IX_CorrectionTicket_Lookup ON CorrectionTicket (LookupId);
CREATE UNIQUE INDEX UX_CorrectionTicket_Open ON CorrectionTicket (LookupId) WHERE TicketState IN ('ToSend', 'Sent');
CREATE INDEX IX_CorrectionTicket_ToSend ON CorrectionTicket (DueAt, TicketId) WHERE TicketState = 'ToSend';
CREATE INDEX IX_CorrectionTicket_Open ON CorrectionTicket (DueOn, TicketId) WHERE TicketState = 'Sent';

CREATE TABLE Assessment (
    AssessmentId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    SnapshotNumber INT NOT NULL,
    AssessedAt DATETIME2(3) NOT NULL,
    AssessedBy VARCHAR(64) $Code$ NOT NULL,
    Programme VARCHAR(32) $Code$ NOT NULL,
    Outcome VARCHAR(32) $Code$ NOT NULL,
    MonthlyFen BIGINT NOT NULL,
    InputJson NVARCHAR($Max$) NOT NULL,
    AssessmentJson NVARCHAR($Max$) NOT NULL,
    CONSTRAINT PK_Assessment PRIMARY KEY (AssessmentId),
    CONSTRAINT FK_Assessment_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);
CREATE INDEX IX_Assessment_CaseFile ON Assessment (CaseFileId, Programme, AssessedAt, AssessmentId);

CREATE TABLE PublicPosting (
    PostingId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    CommunityCode VARCHAR(12) $Code$ NOT NULL,
    PostedOn DATE NOT NULL,
    EndsOn DATE NOT NULL,
    PostingJson NVARCHAR($Max$) NOT NULL,
    CONSTRAINT PK_PublicPosting PRIMARY KEY (PostingId),
    CONSTRAINT FK_PublicPosting_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE UNIQUE INDEX UX_PublicPosting_Application ON PublicPosting (ApplicationId);

CREATE TABLE Award (
    AwardId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    Programme VARCHAR(32) $Code$ NOT NULL,
    AwardState VARCHAR(32) $Code$ NOT NULL,
    MonthlyFen BIGINT NOT NULL,
    FirstMonthOn DATE NOT NULL,
    EffectiveMonthOn DATE NOT NULL,
    Version INT NOT NULL,
    CONSTRAINT PK_Award PRIMARY KEY (AwardId),
    CONSTRAINT FK_Award_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_Award_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE INDEX IX_Award_CaseFile ON Award (CaseFileId);
CREATE UNIQUE INDEX UX_Award_Application ON Award (ApplicationId);

-- One case of a bulk re-check: how far it has come, and what it found beside what departments stated before.
CREATE TABLE VerificationJobRow (
    JobId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    AwardId BINARY(16) NOT NULL,
    AcceptingDivisionCode VARCHAR(12) $Code$ NOT NULL,
    JobRowState VARCHAR(32) $Code$ NOT NULL,
    RoundNumber INT NULL,
    BegunAt DATETIME2(3) NULL,
    PersonCount INT NOT NULL,
    AnsweredCount INT NOT NULL,
    FailedCount INT NOT NULL,
    ChangedCount INT NOT NULL,
    JobRowCause VARCHAR(64) $Code$ NULL,
    FinishedAt DATETIME2(3) NULL,
    CONSTRAINT PK_VerificationJobRow PRIMARY KEY (JobId, CaseFileId),
    CONSTRAINT FK_VerificationJobRow_Job FOREIGN KEY (JobId) REFERENCES VerificationJob (JobId),
    CONSTRAINT FK_VerificationJobRow_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_VerificationJobRow_Award FOREIGN KEY (AwardId) REFERENCES Award (AwardId)
);
CREATE INDEX IX_VerificationJobRow_CaseFile ON VerificationJobRow (CaseFileId);
CREATE INDEX IX_VerificationJobRow_Award ON VerificationJobRow (AwardId);
-- Holds what the progress is summed from.
CREATE INDEX IX_VerificationJobRow_State ON VerificationJobRow (JobId, JobRowState, CaseFileId, PersonCount, AnsweredCount, FailedCount);
CREATE INDEX IX_VerificationJobRow_Street ON VerificationJobRow (JobId, AcceptingDivisionCode, CaseFileId);
CREATE INDEX IX_VerificationJobRow_StreetState ON VerificationJobRow (JobId, AcceptingDivisionCode, JobRowState, CaseFileId);
CREATE INDEX IX_VerificationJobRow_Finished ON VerificationJobRow (JobId, FinishedAt) WHERE FinishedAt IS NOT NULL;

CREATE TABLE AwardAdjustment (
    AdjustmentId BINARY(16) NOT NULL,
    AwardId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    AdjustmentState VARCHAR(32) $Code$ NOT NULL,
    ChangeKind VARCHAR(32) $Code$ NOT NULL,
    ChangedOn DATE NOT NULL,
    ChangedPersonId BINARY(16) NOT NULL,
    ReportedAt DATETIME2(3) NOT NULL,
    ReportedBy VARCHAR(64) $Code$ NOT NULL,
    SnapshotNumber INT NOT NULL,
    RoundNumber INT NOT NULL,
    AssessmentId BINARY(16) NULL,
    DecisionKind VARCHAR(32) $Code$ NULL,
    OldMonthlyFen BIGINT NOT NULL,
    NewMonthlyFen BIGINT NULL,
    IsHearingNeeded BIT NOT NULL,
    BasisCode VARCHAR(32) $Code$ NULL,
    ProposedBy VARCHAR(64) $Code$ NULL,
    Version INT NOT NULL,
    CONSTRAINT PK_AwardAdjustment PRIMARY KEY (AdjustmentId),
    CONSTRAINT FK_AwardAdjustment_Award FOREIGN KEY (AwardId) REFERENCES Award (AwardId),
    CONSTRAINT FK_AwardAdjustment_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);
CREATE INDEX IX_AwardAdjustment_Award ON AwardAdjustment (AwardId, RoundNumber);
CREATE INDEX IX_AwardAdjustment_CaseFile ON AwardAdjustment (CaseFileId);
CREATE UNIQUE INDEX UX_AwardAdjustment_Open ON AwardAdjustment (AwardId) WHERE AdjustmentState IN ('Reported', 'Proposed');

CREATE TABLE PriorHearing (
    HearingId BINARY(16) NOT NULL,
    AdjustmentId BINARY(16) NOT NULL,
    AssessmentId BINARY(16) NOT NULL,
    ProposalToldOn DATE NOT NULL,
    HeardOn DATE NOT NULL,
    HearingAnswer VARCHAR(32) $Code$ NOT NULL,
    HearingStatement NVARCHAR(4000) NOT NULL,
    IsAdopted BIT NOT NULL,
    Reasons NVARCHAR(2000) NOT NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_PriorHearing PRIMARY KEY (HearingId),
    CONSTRAINT FK_PriorHearing_Adjustment FOREIGN KEY (AdjustmentId) REFERENCES AwardAdjustment (AdjustmentId)
);
CREATE INDEX IX_PriorHearing_Adjustment ON PriorHearing (AdjustmentId, RecordedAt);

CREATE TABLE Decision (
    DecisionId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    AwardId BINARY(16) NULL,
    AdjustmentId BINARY(16) NULL,
    AssessmentId BINARY(16) NOT NULL,
    DecisionKind VARCHAR(32) $Code$ NOT NULL,
    DecidedAt DATETIME2(3) NOT NULL,
    DecidedBy VARCHAR(64) $Code$ NOT NULL,
    OldMonthlyFen BIGINT NOT NULL,
    NewMonthlyFen BIGINT NOT NULL,
    EffectiveMonthOn DATE NULL,
    BasisCode VARCHAR(32) $Code$ NOT NULL,
    Reasons NVARCHAR(2000) NOT NULL,
    CONSTRAINT PK_Decision PRIMARY KEY (DecisionId),
    CONSTRAINT FK_Decision_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_Decision_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE INDEX IX_Decision_CaseFile ON Decision (CaseFileId, DecisionId);
CREATE INDEX IX_Decision_Application ON Decision (ApplicationId);

CREATE TABLE Notice (
    NoticeId BINARY(16) NOT NULL,
    DecisionId BINARY(16) NOT NULL,
    NoticeNumber NVARCHAR(60) NOT NULL,
    IssuedAt DATETIME2(3) NOT NULL,
    ContentHash VARCHAR(64) $Code$ NOT NULL,
    NoticeJson NVARCHAR($Max$) NOT NULL,
    CONSTRAINT PK_Notice PRIMARY KEY (NoticeId),
    CONSTRAINT FK_Notice_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (DecisionId)
);
CREATE UNIQUE INDEX UX_Notice_Decision ON Notice (DecisionId);
CREATE UNIQUE INDEX UX_Notice_Number ON Notice (NoticeNumber);

CREATE TABLE CaseEvent (
    CaseFileId BINARY(16) NOT NULL,
    EventNumber INT NOT NULL,
    EventKind VARCHAR(64) $Code$ NOT NULL,
    OccurredAt DATETIME2(3) NOT NULL,
    ActorId VARCHAR(64) $Code$ NOT NULL,
    ActorDivisionCode VARCHAR(12) $Code$ NULL,
    BasisCode VARCHAR(32) $Code$ NULL,
    EventJson NVARCHAR($Max$) NOT NULL,
    FeedNumber BIGINT NULL,
    CONSTRAINT PK_CaseEvent PRIMARY KEY (CaseFileId, EventNumber),
    CONSTRAINT FK_CaseEvent_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId)
);

CREATE UNIQUE INDEX UX_CaseEvent_FeedNumber ON CaseEvent (FeedNumber) WHERE FeedNumber IS NOT NULL;
CREATE INDEX IX_CaseEvent_Unnumbered ON CaseEvent (OccurredAt, CaseFileId, EventNumber) WHERE FeedNumber IS NULL;

-- Who does a piece of work that only one instance may do at a time.
CREATE TABLE WorkLease (
    LeaseCode VARCHAR(32) $Code$ NOT NULL,
    LeaseOwner VARCHAR(64) $Code$ NOT NULL,
    LeaseUntilAt DATETIME2(3) NOT NULL,
    CONSTRAINT PK_WorkLease PRIMARY KEY (LeaseCode)
);

CREATE TABLE IdempotentAnswer (
    ActorId VARCHAR(64) $Code$ NOT NULL,
    RequestKey VARCHAR(100) $Code$ NOT NULL,
    RequestHash VARCHAR(64) $Code$ NOT NULL,
    StatusCode INT NOT NULL,
    Location VARCHAR(200) $Code$ NOT NULL,
    EntityTag VARCHAR(32) $Code$ NULL,
    AnswerCipher VARBINARY($Max$) NOT NULL,
    AnsweredAt DATETIME2(3) NOT NULL,
    CONSTRAINT PK_IdempotentAnswer PRIMARY KEY (ActorId, RequestKey)
);
CREATE INDEX IX_IdempotentAnswer_AnsweredAt ON IdempotentAnswer (AnsweredAt);

-- Who read whose case, and for what: written before the answer leaves. What is no case's (a draft), or an act's answer
-- shown once more, is named by where it is.
CREATE TABLE AccessRecord (
    AccessRecordId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NULL,
    Location VARCHAR(200) $Code$ NULL,
    ActorId VARCHAR(64) $Code$ NOT NULL,
    ActorDivisionCode VARCHAR(12) $Code$ NULL,
    AccessPurpose VARCHAR(64) $Code$ NOT NULL,
    AccessedAt DATETIME2(3) NOT NULL,
    CONSTRAINT PK_AccessRecord PRIMARY KEY (AccessRecordId),
    CONSTRAINT CK_AccessRecord_Subject CHECK (CaseFileId IS NOT NULL OR Location IS NOT NULL)
);

-- The id of each write on an engine where the outcome of a commit can stay unknown: looked for before trying again.
CREATE TABLE WriteOperation (
    OperationId BINARY(16) NOT NULL,
    CONSTRAINT PK_WriteOperation PRIMARY KEY (OperationId)
);

-- A form begun and not submitted yet: its office's alone, encrypted, and gone on a day that every save moves.
CREATE TABLE ApplicationDraft (
    DraftId BINARY(16) NOT NULL,
    DivisionCode VARCHAR(12) $Code$ NOT NULL,
    FormCipher VARBINARY($Max$) NOT NULL,
    TakenOverJson NVARCHAR($Max$) NOT NULL,
    SavedAt DATETIME2(3) NOT NULL,
    SavedBy VARCHAR(64) $Code$ NOT NULL,
    ExpiresOn DATE NOT NULL,
    Version INT NOT NULL,
    CONSTRAINT PK_ApplicationDraft PRIMARY KEY (DraftId)
);
CREATE INDEX IX_ApplicationDraft_Division ON ApplicationDraft (DivisionCode, DraftId);
CREATE INDEX IX_ApplicationDraft_ExpiresOn ON ApplicationDraft (ExpiresOn, DraftId);

-- A file that the household brought for an item; its bytes are in the file store under the id.
CREATE TABLE Attachment (
    AttachmentId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    ItemKey VARCHAR(100) $Code$ NOT NULL,
    AttachmentName NVARCHAR(100) NULL,
    DeclaredLength BIGINT NOT NULL,
    ReceivedLength BIGINT NOT NULL,
    ContentHash VARCHAR(64) $Code$ NOT NULL,
    MediaType VARCHAR(64) $Code$ NULL,
    AttachmentState VARCHAR(32) $Code$ NOT NULL,
    RejectionCause VARCHAR(32) $Code$ NULL,
    CreatedAt DATETIME2(3) NOT NULL,
    CreatedBy VARCHAR(64) $Code$ NOT NULL,
    ExpiresAt DATETIME2(3) NOT NULL,
    CompletedAt DATETIME2(3) NULL,
    SuppliedAt DATETIME2(3) NULL,
    CONSTRAINT PK_Attachment PRIMARY KEY (AttachmentId),
    CONSTRAINT FK_Attachment_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId)
);
CREATE INDEX IX_Attachment_Application ON Attachment (ApplicationId, ItemKey);
CREATE INDEX IX_Attachment_Unused ON Attachment (ExpiresAt, AttachmentId) WHERE AttachmentState IN ('Uploading', 'Complete') AND SuppliedAt IS NULL;

CREATE TABLE RoutingRule (
    RoutingRuleCode VARCHAR(64) $Code$ NOT NULL,
    PositionNumber INT NOT NULL,
    FromOn DATE NOT NULL,
    ToOn DATE NULL,
    Programmes VARCHAR(400) $Code$ NOT NULL,
    RoutingOutcome VARCHAR(32) $Code$ NOT NULL,
    BasisCodes VARCHAR(200) $Code$ NOT NULL,
    OtherDoor VARCHAR(32) $Code$ NULL,
    IsEnabled BIT NOT NULL,
    IsSample BIT NOT NULL,
    CONSTRAINT PK_RoutingRule PRIMARY KEY (RoutingRuleCode, PositionNumber, FromOn)
);

-- Who acts for a household, by a mandate in writing. A community is its division; anybody else is a person. A mandate is
-- granted by a person; a guardian's is the law's, for a ward. The scope is codes with a bar between them.
CREATE TABLE AgentMandate (
    MandateId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    AgentKind VARCHAR(32) $Code$ NOT NULL,
    AgentPersonId BINARY(16) NULL,
    AgentName NVARCHAR(100) NULL,
    CommunityCode VARCHAR(12) $Code$ NULL,
    MandateScopes VARCHAR(100) $Code$ NOT NULL,
    SignedOn DATE NOT NULL,
    EndsOn DATE NULL,
    GrantedByPersonId BINARY(16) NULL,
    WardPersonId BINARY(16) NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    RevokedAt DATETIME2(3) NULL,
    RevokedBy VARCHAR(64) $Code$ NULL,
    Version INT NOT NULL,
    CONSTRAINT PK_AgentMandate PRIMARY KEY (MandateId),
    CONSTRAINT FK_AgentMandate_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_AgentMandate_Agent FOREIGN KEY (AgentPersonId) REFERENCES Person (PersonId),
    CONSTRAINT FK_AgentMandate_GrantedBy FOREIGN KEY (GrantedByPersonId) REFERENCES Person (PersonId),
    CONSTRAINT FK_AgentMandate_Ward FOREIGN KEY (WardPersonId) REFERENCES Person (PersonId)
);
CREATE INDEX IX_AgentMandate_CaseFile ON AgentMandate (CaseFileId, MandateId);
CREATE INDEX IX_AgentMandate_Agent ON AgentMandate (AgentPersonId);
CREATE INDEX IX_AgentMandate_GrantedBy ON AgentMandate (GrantedByPersonId);
CREATE INDEX IX_AgentMandate_Ward ON AgentMandate (WardPersonId);

-- That a member is a close relative of somebody who handles the case or sits on a community's committee: recorded apart,
-- and a ground for the district's own home visit.
CREATE TABLE RelatedStaffRecord (
    RelatedStaffRecordId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    StaffName NVARCHAR(100) NOT NULL,
    StaffPost NVARCHAR(100) NOT NULL,
    StaffDivisionCode VARCHAR(12) $Code$ NOT NULL,
    StaffRelationship NVARCHAR(50) NOT NULL,
    PersonId BINARY(16) NOT NULL,
    StaffDeclarer VARCHAR(32) $Code$ NOT NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_RelatedStaffRecord PRIMARY KEY (RelatedStaffRecordId),
    CONSTRAINT FK_RelatedStaffRecord_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_RelatedStaffRecord_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId),
    CONSTRAINT FK_RelatedStaffRecord_Person FOREIGN KEY (PersonId) REFERENCES Person (PersonId)
);
CREATE INDEX IX_RelatedStaffRecord_CaseFile ON RelatedStaffRecord (CaseFileId, RelatedStaffRecordId);
CREATE INDEX IX_RelatedStaffRecord_Application ON RelatedStaffRecord (ApplicationId);
CREATE INDEX IX_RelatedStaffRecord_Person ON RelatedStaffRecord (PersonId);

-- A visit to the household, by the street or by the district, with what was found and who signed. It is the case's: the
-- programmes applied for together share it.
CREATE TABLE HomeVisit (
    HomeVisitId BINARY(16) NOT NULL,
    CaseFileId BINARY(16) NOT NULL,
    ApplicationId BINARY(16) NOT NULL,
    VisitedOn DATE NOT NULL,
    VisitingDivisionCode VARCHAR(12) $Code$ NOT NULL,
    VisitMethod VARCHAR(32) $Code$ NOT NULL,
    VisitGround NVARCHAR(500) NULL,
    VisitorsJson NVARCHAR($Max$) NOT NULL,
    FactsFound NVARCHAR(4000) NOT NULL,
    SignedByPersonId BINARY(16) NULL,
    UnsignedReason NVARCHAR(500) NULL,
    RecordedAt DATETIME2(3) NOT NULL,
    RecordedBy VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_HomeVisit PRIMARY KEY (HomeVisitId),
    CONSTRAINT FK_HomeVisit_CaseFile FOREIGN KEY (CaseFileId) REFERENCES CaseFile (CaseFileId),
    CONSTRAINT FK_HomeVisit_Application FOREIGN KEY (ApplicationId) REFERENCES Application (ApplicationId),
    CONSTRAINT FK_HomeVisit_SignedBy FOREIGN KEY (SignedByPersonId) REFERENCES Person (PersonId)
);
CREATE INDEX IX_HomeVisit_CaseFile ON HomeVisit (CaseFileId, HomeVisitId);
CREATE INDEX IX_HomeVisit_Application ON HomeVisit (ApplicationId);
CREATE INDEX IX_HomeVisit_SignedBy ON HomeVisit (SignedByPersonId);

-- Who searched, by what kind of thing and for what, and how much was found; never what was searched for.
CREATE TABLE SearchRecord (
    SearchRecordId BINARY(16) NOT NULL,
    ActorId VARCHAR(64) $Code$ NOT NULL,
    ActorDivisionCode VARCHAR(12) $Code$ NOT NULL,
    SearchKind VARCHAR(32) $Code$ NOT NULL,
    Purpose VARCHAR(32) $Code$ NOT NULL,
    HitCount INT NOT NULL,
    SearchedAt DATETIME2(3) NOT NULL,
    CONSTRAINT PK_SearchRecord PRIMARY KEY (SearchRecordId)
);

-- Something asked for that nobody may ask for, or a message that is not from whom it says: for whoever watches over the
-- service, without any content.
CREATE TABLE SecurityEvent (
    SecurityEventId BINARY(16) NOT NULL,
    SecurityEventKind VARCHAR(32) $Code$ NOT NULL,
    OccurredAt DATETIME2(3) NOT NULL,
    ActorId VARCHAR(64) $Code$ NOT NULL,
    ActorDivisionCode VARCHAR(12) $Code$ NULL,
    CaseFileId BINARY(16) NULL,
    LookupSource VARCHAR(32) $Code$ NULL,
    SecurityCause VARCHAR(64) $Code$ NOT NULL,
    CONSTRAINT PK_SecurityEvent PRIMARY KEY (SecurityEventId)
);
CREATE INDEX IX_SecurityEvent_Kind ON SecurityEvent (SecurityEventKind, SecurityEventId);
