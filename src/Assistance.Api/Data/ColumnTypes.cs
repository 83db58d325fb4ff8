using System.Collections.Concurrent;
using System.Data;
using System.Globalization;

namespace Assistance.Api.Data;

/// <summary>The type of a column, and of every parameter named after it. A length of null is unbounded.</summary>
/// <param name="Declared">As T-SQL writes it, for example <c>VARCHAR(32)</c>.</param>
public sealed record ColumnType(DbType Type, int? Length, string Declared)
{
    public static ColumnType Parse(string declared)
    {
        var open = declared.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? declared : declared[..open];
        int? length = open < 0 || declared.EndsWith("(MAX)", StringComparison.Ordinal)
            ? null
            : int.Parse(declared[(open + 1)..^1], CultureInfo.InvariantCulture);
        return new ColumnType(
            name switch
            {
                "BIGINT" => DbType.Int64,
                "INT" => DbType.Int32,
                "BIT" => DbType.Boolean,
                "DATE" => DbType.Date,
                "DATETIME2" => DbType.DateTime2,
                "VARCHAR" => DbType.AnsiString,
                "NVARCHAR" => DbType.String,
                "BINARY" or "VARBINARY" => DbType.Binary,
                _ => throw new ArgumentException($"No column type {declared}."),
            },
            length,
            declared);
    }
}

/// <summary>
/// One column name has one type in every table, and a parameter is named after its column, so that the name alone gives
/// its type: a code is never sent as NVARCHAR (which would scan a VARCHAR key), a text is never cut to the code page, and
/// a value too long is refused on SQLite as it is on SQL Server. A test holds this list equal to the migrated schema.
/// </summary>
public static class ColumnTypes
{
    private static readonly ConcurrentDictionary<string, ColumnType> Resolved = new();

    // Names whose ending says their type: …Id, …At, …On, …Fen, Is…, …Count, …Json.
    private static readonly (Func<string, bool> Has, ColumnType Type)[] Conventions =
    [
        (name => name.EndsWith("Id", StringComparison.Ordinal), ColumnType.Parse("BINARY(16)")),
        (name => name.EndsWith("At", StringComparison.Ordinal), ColumnType.Parse("DATETIME2(3)")),
        (name => name.EndsWith("On", StringComparison.Ordinal), ColumnType.Parse("DATE")),
        (name => name.EndsWith("Fen", StringComparison.Ordinal), ColumnType.Parse("BIGINT")),
        (name => name.StartsWith("Is", StringComparison.Ordinal) && char.IsUpper(name[2]), ColumnType.Parse("BIT")),
        (name => name.EndsWith("Count", StringComparison.Ordinal), ColumnType.Parse("INT")),
        (name => name.EndsWith("Json", StringComparison.Ordinal), ColumnType.Parse("NVARCHAR(MAX)")),
    ];

    private static readonly Dictionary<string, ColumnType> Named = Parse("""
        AcceptingDivisionCode   VARCHAR(12)
        AccessPurpose           VARCHAR(64)
        AcknowledgementWay      VARCHAR(32)
        ActorDivisionCode       VARCHAR(12)
        ActorId                 VARCHAR(64)
        AdjustmentState         VARCHAR(32)
        AgentKind               VARCHAR(32)
        AgentName               NVARCHAR(100)
        AnswerCipher            VARBINARY(MAX)
        AnswerRevision          INT
        ApplicationState        VARCHAR(32)
        ArticleEn               NVARCHAR(100)
        ArticleZh               NVARCHAR(100)
        AssessedBy              VARCHAR(64)
        AttachmentName          NVARCHAR(100)
        AttachmentState         VARCHAR(32)
        AwardState              VARCHAR(32)
        BasisCode               VARCHAR(32)
        BasisCodes              VARCHAR(200)
        BodyCipher              VARBINARY(MAX)
        CaseNumber              VARCHAR(40)
        CausedBy                VARCHAR(64)
        ChangeKind              VARCHAR(32)
        ChangedBy               VARCHAR(64)
        ClockCode               VARCHAR(32)
        ClosedBy                VARCHAR(64)
        ClosingReasons          NVARCHAR(2000)
        CommunityCode           VARCHAR(12)
        ContactPhone            NVARCHAR(30)
        ContentHash             VARCHAR(64)
        CreatedBy               VARCHAR(64)
        DecidedBy               VARCHAR(64)
        DecisionKind            VARCHAR(32)
        DeclaredAddress         NVARCHAR(200)
        DeclaredDivisionCode    VARCHAR(12)
        DeclaredLength          BIGINT
        DisagreementField       VARCHAR(32)
        DisclosedSnapshotNumber INT
        DisclosureNumber        NVARCHAR(60)
        DisclosureVersion       INT
        DivisionCode            VARCHAR(12)
        DivisionLevel           VARCHAR(16)
        DivisionName            NVARCHAR(100)
        DocumentNumber          NVARCHAR(100)
        EntityTag               VARCHAR(32)
        EventKind               VARCHAR(64)
        EventNumber             INT
        ExampleZh               NVARCHAR(400)
        FactKind                VARCHAR(32)
        FactNumber              INT
        FactsFound              NVARCHAR(4000)
        FeedNumber              BIGINT
        FormCipher              VARBINARY(MAX)
        FromDivisionCode        VARCHAR(12)
        HabitualAddress         NVARCHAR(200)
        HabitualDivisionCode    VARCHAR(12)
        HearingAnswer           VARCHAR(32)
        HearingStatement        NVARCHAR(4000)
        IdentityCipher          VARBINARY(256)
        IdentityHash            VARCHAR(72)
        IdentityMask            VARCHAR(18)
        IncomeClass             VARCHAR(32)
        IncomeKind              VARCHAR(32)
        InstrumentEn            NVARCHAR(200)
        InstrumentZh            NVARCHAR(200)
        ItemCircumstance        VARCHAR(32)
        ItemCode                VARCHAR(64)
        ItemKey                 VARCHAR(100)
        JobRowCause             VARCHAR(64)
        JobRowState             VARCHAR(32)
        JobState                VARCHAR(32)
        LastEventNumber         INT
        LastNumber              BIGINT
        LeaseCode               VARCHAR(32)
        LeaseOwner              VARCHAR(64)
        LineNumber              INT
        Location                VARCHAR(200)
        LookupCause             VARCHAR(64)
        LookupSource            VARCHAR(32)
        LookupState             VARCHAR(32)
        MandateScopes           VARCHAR(100)
        MaterialName            NVARCHAR(100)
        MaterialWhy             NVARCHAR(400)
        MediaType               VARCHAR(64)
        MemberName              NVARCHAR(100)
        NameEn                  NVARCHAR(200)
        NameKey                 VARBINARY(320)
        NameZh                  NVARCHAR(100)
        NoticeNumber            NVARCHAR(60)
        ObjectionAnswer         VARCHAR(32)
        ObjectionOutcome        VARCHAR(32)
        ObligorAbility          VARCHAR(64)
        OtherDoor               VARCHAR(32)
        Outcome                 VARCHAR(32)
        ParameterCode           VARCHAR(100)
        ParameterValue          BIGINT
        ParentDivisionCode      VARCHAR(12)
        PersonName              NVARCHAR(100)
        PositionNumber          INT
        Programme               VARCHAR(32)
        Programmes              VARCHAR(400)
        ProposedBy              VARCHAR(64)
        Purpose                 VARCHAR(32)
        Reasons                 NVARCHAR(2000)
        ReceivedBy              VARCHAR(64)
        ReceivedLength          BIGINT
        ReceivedWay             VARCHAR(32)
        ReceivingDivisionCode   VARCHAR(12)
        RecordedBy              VARCHAR(64)
        RegisteredAddress       NVARCHAR(200)
        RegisteredDivisionCode  VARCHAR(12)
        RehearsalState          VARCHAR(32)
        RehearsedChange         VARCHAR(32)
        RejectionCause          VARCHAR(32)
        Remark                  NVARCHAR(500)
        ReportedBy              VARCHAR(64)
        RequestHash             VARCHAR(64)
        RequestKey              VARCHAR(100)
        RequestReasons          NVARCHAR(2000)
        RequestedBy             VARCHAR(64)
        RequestingDivisionCode  VARCHAR(12)
        ResolutionKind          VARCHAR(32)
        ResolvedBy              VARCHAR(64)
        ResponseHash            VARCHAR(64)
        ReturnReason            VARCHAR(32)
        ReturnRemark            NVARCHAR(500)
        ReturnedBy              VARCHAR(64)
        ReviewOpinion           VARCHAR(32)
        ReviewReasons           NVARCHAR(2000)
        ReviewedBy              VARCHAR(64)
        RevokedBy               VARCHAR(64)
        RoundNumber             INT
        RoutingOutcome          VARCHAR(32)
        RoutingRuleCode         VARCHAR(64)
        SavedBy                 VARCHAR(64)
        SealedBy                VARCHAR(64)
        SearchKind              VARCHAR(32)
        SecurityCause           VARCHAR(64)
        SecurityEventKind       VARCHAR(32)
        SeedName                VARCHAR(100)
        SenderCipher            VARBINARY(MAX)
        SentBy                  VARCHAR(64)
        SentenceCode            VARCHAR(64)
        SeriesCode              VARCHAR(64)
        SharingClock            VARCHAR(32)
        SnapshotCause           VARCHAR(32)
        SnapshotNumber          INT
        SourceText              NVARCHAR(400)
        StaffDeclarer           VARCHAR(32)
        StaffDivisionCode       VARCHAR(12)
        StaffName               NVARCHAR(100)
        StaffPost               NVARCHAR(100)
        StaffRelationship       NVARCHAR(50)
        StartingEvent           VARCHAR(32)
        Statement               NVARCHAR(2000)
        StatementsHash          VARCHAR(64)
        StatusCode              INT
        SubmittedBy             VARCHAR(64)
        SuppliedTo              VARCHAR(64)
        SupplyNumber            INT
        SupplyWay               VARCHAR(32)
        SupplyWays              VARCHAR(100)
        Take                    INT
        TemplateCode            VARCHAR(64)
        TemplateText            NVARCHAR(MAX)
        TextEn                  NVARCHAR(2000)
        TextZh                  NVARCHAR(2000)
        TicketState             VARCHAR(32)
        ToDivisionCode          VARCHAR(12)
        TransferKind            VARCHAR(32)
        Unit                    VARCHAR(32)
        UnsignedReason          NVARCHAR(500)
        UploadState             VARCHAR(32)
        Version                 INT
        VisitGround             NVARCHAR(500)
        VisitMethod             VARCHAR(32)
        VisitingDivisionCode    VARCHAR(12)
        WaivedBy                VARCHAR(64)
        WhyZh                   NVARCHAR(400)
        """);

    // A parameter may say which of two values of a column it is: @AfterApplicationId, @ExpectedVersion.
    private static readonly string[] Prefixes = ["After", "Before", "Expected", "New", "Old", "Until"];

    /// <exception cref="InvalidOperationException">The name is neither a column's nor a prefixed column's.</exception>
    public static ColumnType Of(string name) => Resolved.GetOrAdd(name, static name => Resolve(name)
        ?? throw new InvalidOperationException($"'{name}' is not named after a column; see {nameof(ColumnTypes)}."));

    private static ColumnType? Resolve(string name)
    {
        if (Named.TryGetValue(name, out var named))
        {
            return named;
        }

        if (Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
            && Resolve(name[prefix.Length..]) is { } unprefixed)
        {
            return unprefixed;
        }

        return Conventions.FirstOrDefault(convention => convention.Has(name)).Type;
    }

    private static Dictionary<string, ColumnType> Parse(string rows) => rows
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(row => row[0], row => ColumnType.Parse(row[1]), StringComparer.Ordinal);
}
