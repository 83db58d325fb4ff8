using Assistance.Api.Data;

namespace Assistance.Api.Features.Reference;

/// <summary>Reads the reference tables whole (they are bounded and small) and adds seed rows that are not there yet.</summary>
internal static class ReferenceRepository
{
    private const string DivisionsSql = "SELECT DivisionCode, DivisionName, DivisionLevel, ParentDivisionCode FROM Division";

    public static Task<IReadOnlyList<DivisionRow>> DivisionsAsync(Session session) => session.ListAsync<DivisionRow>(DivisionsSql);

    private const string AddDivisionSql = """
        INSERT INTO Division (DivisionCode, DivisionName, DivisionLevel, ParentDivisionCode)
        SELECT @DivisionCode, @DivisionName, @DivisionLevel, @ParentDivisionCode
        WHERE NOT EXISTS (SELECT 1 FROM Division WHERE DivisionCode = @DivisionCode)
        """;

    public static Task AddAsync(Session session, DivisionRow row) => session.ExecuteAsync(AddDivisionSql, row);

    private const string CalendarSql = "SELECT DayOn, IsDayOff, SourceText FROM CalendarDay";

    public static Task<IReadOnlyList<CalendarDayRow>> CalendarAsync(Session session) => session.ListAsync<CalendarDayRow>(CalendarSql);

    private const string AddCalendarDaySql = """
        INSERT INTO CalendarDay (DayOn, IsDayOff, SourceText)
        SELECT @DayOn, @IsDayOff, @SourceText
        WHERE NOT EXISTS (SELECT 1 FROM CalendarDay WHERE DayOn = @DayOn)
        """;

    public static Task AddAsync(Session session, CalendarDayRow row) => session.ExecuteAsync(AddCalendarDaySql, row);

    private const string LegalBasesSql = """
        SELECT BasisCode, FromOn, ToOn, InstrumentZh, InstrumentEn, ArticleZh, ArticleEn, TextZh, SourceText FROM LegalBasis
        """;

    public static Task<IReadOnlyList<LegalBasisRow>> LegalBasesAsync(Session session) => session.ListAsync<LegalBasisRow>(LegalBasesSql);

    private const string AddLegalBasisSql = """
        INSERT INTO LegalBasis (BasisCode, FromOn, ToOn, InstrumentZh, InstrumentEn, ArticleZh, ArticleEn, TextZh, SourceText)
        SELECT @BasisCode, @FromOn, @ToOn, @InstrumentZh, @InstrumentEn, @ArticleZh, @ArticleEn, @TextZh, @SourceText
        WHERE NOT EXISTS (SELECT 1 FROM LegalBasis WHERE BasisCode = @BasisCode AND FromOn = @FromOn)
        """;

    public static Task AddAsync(Session session, LegalBasisRow row) => session.ExecuteAsync(AddLegalBasisSql, row);

    private const string ParametersSql = """
        SELECT ParameterCode, FromOn, ToOn, ParameterValue, Unit, BasisCode, DocumentNumber, IsSample FROM PolicyParameter
        """;

    public static Task<IReadOnlyList<PolicyParameterRow>> ParametersAsync(Session session) =>
        session.ListAsync<PolicyParameterRow>(ParametersSql);

    private const string ParametersOfSql = """
        SELECT ParameterCode, FromOn, ToOn, ParameterValue, Unit, BasisCode, DocumentNumber, IsSample
        FROM PolicyParameter WHERE ParameterCode = @ParameterCode
        ORDER BY FromOn
        """;

    public static Task<IReadOnlyList<PolicyParameterRow>> ParametersOfAsync(Session session, string code) =>
        session.ListAsync<PolicyParameterRow>(ParametersOfSql, new { ParameterCode = code });

    private const string AddParameterSql = """
        INSERT INTO PolicyParameter (ParameterCode, FromOn, ToOn, ParameterValue, Unit, BasisCode, DocumentNumber, IsSample)
        SELECT @ParameterCode, @FromOn, @ToOn, @ParameterValue, @Unit, @BasisCode, @DocumentNumber, @IsSample
        WHERE NOT EXISTS (SELECT 1 FROM PolicyParameter WHERE ParameterCode = @ParameterCode AND FromOn = @FromOn)
        """;

    public static Task AddAsync(Session session, PolicyParameterRow row) => session.ExecuteAsync(AddParameterSql, row);

    private const string InsertParameterSql = """
        INSERT INTO PolicyParameter (ParameterCode, FromOn, ToOn, ParameterValue, Unit, BasisCode, DocumentNumber, IsSample)
        VALUES (@ParameterCode, @FromOn, @ToOn, @ParameterValue, @Unit, @BasisCode, @DocumentNumber, @IsSample)
        """;

    /// <summary>Adds a row that must not be there yet.</summary>
    public static Task InsertAsync(Session session, PolicyParameterRow row) => session.ExecuteAsync(InsertParameterSql, row);

    private const string EndParameterSql = """
        UPDATE PolicyParameter SET ToOn = @ToOn WHERE ParameterCode = @ParameterCode AND FromOn = @FromOn AND ToOn IS NULL
        """;

    /// <summary>Gives a row in force without an end its last day.</summary>
    /// <exception cref="InvalidOperationException">It has one by now.</exception>
    public static async Task EndAsync(Session session, string code, DateOnly fromOn, DateOnly toOn)
    {
        if (await session.ExecuteAsync(EndParameterSql, new { ToOn = toOn, ParameterCode = code, FromOn = fromOn }) != 1)
        {
            throw new InvalidOperationException("The row was ended by somebody else.");
        }
    }

    private const string ParameterStateSeries = "PolicyParameter";

    /// <summary>How many times rows have joined the parameters other than from the seeds.</summary>
    public static Task<long> ParameterStateAsync(Session session) => NumberSeries.CurrentAsync(session, ParameterStateSeries);

    /// <summary>Counts a change of the parameters. Until the commit nobody else changes them, on either engine.</summary>
    public static Task BeginParameterChangeAsync(Session session) => NumberSeries.NextAsync(session, ParameterStateSeries);

    private const string IncomeKindsSql = "SELECT IncomeKind, FromOn, ToOn, IncomeClass, IsCounted, BasisCode FROM IncomeKindRule";

    public static Task<IReadOnlyList<IncomeKindRow>> IncomeKindsAsync(Session session) => session.ListAsync<IncomeKindRow>(IncomeKindsSql);

    private const string AddIncomeKindSql = """
        INSERT INTO IncomeKindRule (IncomeKind, FromOn, ToOn, IncomeClass, IsCounted, BasisCode)
        SELECT @IncomeKind, @FromOn, @ToOn, @IncomeClass, @IsCounted, @BasisCode
        WHERE NOT EXISTS (SELECT 1 FROM IncomeKindRule WHERE IncomeKind = @IncomeKind AND FromOn = @FromOn)
        """;

    public static Task AddAsync(Session session, IncomeKindRow row) => session.ExecuteAsync(AddIncomeKindSql, row);

    private const string ItemTypesSql = """
        SELECT ItemCode, Programmes, FromOn, ToOn, ItemCircumstance, LookupSource, IsAnsweredByNoRecord, IsMetByTheForm,
               SupplyWays, CopyCount, BasisCode, NameZh, NameEn, WhyZh, ExampleZh
        FROM DisclosureItemType
        """;

    public static Task<IReadOnlyList<DisclosureItemTypeRow>> ItemTypesAsync(Session session) =>
        session.ListAsync<DisclosureItemTypeRow>(ItemTypesSql);

    private const string AddItemTypeSql = """
        INSERT INTO DisclosureItemType (ItemCode, Programmes, FromOn, ToOn, ItemCircumstance, LookupSource, IsAnsweredByNoRecord,
            IsMetByTheForm, SupplyWays, CopyCount, BasisCode, NameZh, NameEn, WhyZh, ExampleZh)
        SELECT @ItemCode, @Programmes, @FromOn, @ToOn, @ItemCircumstance, @LookupSource, @IsAnsweredByNoRecord,
            @IsMetByTheForm, @SupplyWays, @CopyCount, @BasisCode, @NameZh, @NameEn, @WhyZh, @ExampleZh
        WHERE NOT EXISTS (
            SELECT 1 FROM DisclosureItemType WHERE ItemCode = @ItemCode AND FromOn = @FromOn)
        """;

    public static Task AddAsync(Session session, DisclosureItemTypeRow row) => session.ExecuteAsync(AddItemTypeSql, row);

    private const string RoutingRulesSql = """
        SELECT RoutingRuleCode, PositionNumber, FromOn, ToOn, Programmes, RoutingOutcome, BasisCodes, OtherDoor, IsEnabled, IsSample
        FROM RoutingRule
        """;

    public static Task<IReadOnlyList<RoutingRuleRow>> RoutingRulesAsync(Session session) => session.ListAsync<RoutingRuleRow>(RoutingRulesSql);

    private const string AddRoutingRuleSql = """
        INSERT INTO RoutingRule (RoutingRuleCode, PositionNumber, FromOn, ToOn, Programmes, RoutingOutcome, BasisCodes, OtherDoor,
            IsEnabled, IsSample)
        SELECT @RoutingRuleCode, @PositionNumber, @FromOn, @ToOn, @Programmes, @RoutingOutcome, @BasisCodes, @OtherDoor,
            @IsEnabled, @IsSample
        WHERE NOT EXISTS (
            SELECT 1 FROM RoutingRule
            WHERE RoutingRuleCode = @RoutingRuleCode AND PositionNumber = @PositionNumber AND FromOn = @FromOn)
        """;

    public static Task AddAsync(Session session, RoutingRuleRow row) => session.ExecuteAsync(AddRoutingRuleSql, row);

    private const string SentencesSql = "SELECT SentenceCode, FromOn, ToOn, TextZh, TextEn FROM Sentence";

    public static Task<IReadOnlyList<SentenceRow>> SentencesAsync(Session session) => session.ListAsync<SentenceRow>(SentencesSql);

    private const string AddSentenceSql = """
        INSERT INTO Sentence (SentenceCode, FromOn, ToOn, TextZh, TextEn)
        SELECT @SentenceCode, @FromOn, @ToOn, @TextZh, @TextEn
        WHERE NOT EXISTS (SELECT 1 FROM Sentence WHERE SentenceCode = @SentenceCode AND FromOn = @FromOn)
        """;

    public static Task AddAsync(Session session, SentenceRow row) => session.ExecuteAsync(AddSentenceSql, row);

    private const string TemplatesSql = "SELECT TemplateCode, FromOn, ToOn, TemplateText FROM DocumentTemplate";

    public static Task<IReadOnlyList<DocumentTemplateRow>> TemplatesAsync(Session session) =>
        session.ListAsync<DocumentTemplateRow>(TemplatesSql);

    private const string AddTemplateSql = """
        INSERT INTO DocumentTemplate (TemplateCode, FromOn, ToOn, TemplateText)
        SELECT @TemplateCode, @FromOn, @ToOn, @TemplateText
        WHERE NOT EXISTS (SELECT 1 FROM DocumentTemplate WHERE TemplateCode = @TemplateCode AND FromOn = @FromOn)
        """;

    public static Task AddAsync(Session session, DocumentTemplateRow row) => session.ExecuteAsync(AddTemplateSql, row);

    private const string LoadedHashSql = "SELECT ContentHash FROM SeedLoad WHERE SeedName = @SeedName";

    public static Task<string?> LoadedHashAsync(Session session, string seedName) =>
        session.FirstOrDefaultAsync<string>(LoadedHashSql, new { SeedName = seedName });

    private const string AddLoadSql = """
        INSERT INTO SeedLoad (SeedName, ContentHash, LoadedAt) VALUES (@SeedName, @ContentHash, @LoadedAt)
        """;

    private const string UpdateLoadSql = """
        UPDATE SeedLoad SET ContentHash = @ContentHash, LoadedAt = @LoadedAt WHERE SeedName = @SeedName
        """;

    public static async Task SetLoadedAsync(Session session, string seedName, string contentHash, DateTimeOffset loadedAt)
    {
        var load = new { SeedName = seedName, ContentHash = contentHash, LoadedAt = loadedAt };
        if (await session.ExecuteAsync(UpdateLoadSql, load) == 0)
        {
            await session.ExecuteAsync(AddLoadSql, load);
        }
    }
}
