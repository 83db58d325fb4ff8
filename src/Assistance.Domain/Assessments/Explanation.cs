using Assistance.Domain.Shared;

namespace Assistance.Domain.Assessments;

/// <summary>
/// One step of a computation: what was found or reckoned, from what, by which article and by which parameters. Its sentence is
/// rendered from code and arguments, as that of a finding is.
/// </summary>
public sealed record Explanation(string Code, IReadOnlyDictionary<string, string> Arguments)
{
    /// <summary>Whom it is about, where it is one person.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The look-up that a figure comes from.</summary>
    public Guid? LookupId { get; init; }

    public IReadOnlyList<string> BasisCodes { get; init; } = [];

    /// <summary>The parameter rows that it rests on, with their dates and bases.</summary>
    public IReadOnlyList<PolicyParameter> Parameters { get; init; } = [];

    public IReadOnlyList<Explanation> Steps { get; init; } = [];

    /// <summary>The whole of an assessment as a tree: the result, then who counts, what they have, what every rule found, and the amount.</summary>
    public static Explanation Of(AssessmentInput input, Assessment assessment) => new Explained(input, assessment).Whole();

    private sealed record Explained(AssessmentInput Input, Assessment Assessment)
    {
        private HouseholdEconomy Economy => Assessment.Economy;

        public Explanation Whole() => Step("explain.outcome", ("programme", Input.Programme.ToString()), ("outcome", Assessment.Outcome.ToString()), ("assessedOn", Input.AssessedOn.Text())) with
        {
            Steps =
            [
                Members(),
                Income(),
                Property(),
                Step("explain.findings", ("findings", Assessment.Findings.Count.Text())) with { Steps = [.. Assessment.Findings.Select(Found)] },
                Amount(),
                .. Assessment.Screenings.Where(screening => screening.Programme != Input.Programme).Select(Screened),
            ],
        };

        private Explanation Members() =>
            Step("explain.members", ("living", Assessment.Composition.Standings.Count.Text()), ("counted", Economy.Members.Text())) with
            {
                Parameters = Rows([ParameterCodes.LongAbsenceMonths]),
                Steps =
                [
                    .. Assessment.Composition.Standings.Select(member =>
                        Step($"composition.{member.Rule}") with { PersonId = member.PersonId, BasisCodes = [member.BasisCode] }),
                ],
            };

        private Explanation Income() => Step(
            "explain.income",
            ("grossFen", Economy.GrossMonthlyFen.Text()),
            ("deductedFen", Economy.Deductions.Sum(line => line.MonthlyFen).Text()),
            ("incomeFen", Economy.MonthlyIncomeFen.Text()),
            ("members", Economy.Members.Text()),
            ("perCapitaFen", Economy.PerCapitaFen.Text())) with
        {
            BasisCodes = [LegalBases.IncomeDefined],
            Parameters = Rows(Economy.Parameters),
            Steps =
            [
                .. Economy.Incomes.Select(line => Figure("explain.income-line", line.Kind.ToString(), line.DeclaredFen, line.DepartmentFen, line.CountedFen, line.Reason) with
                {
                    PersonId = line.PersonId, LookupId = line.LookupId, BasisCodes = [line.BasisCode],
                }),
                .. Economy.Deductions.Select(line => Step("explain.deduction", ("kind", line.Kind.ToString()), ("amountFen", line.MonthlyFen.Text())) with
                {
                    PersonId = line.PersonId, BasisCodes = [line.BasisCode], Parameters = Rows([line.ParameterCode]),
                }),
            ],
        };

        private Explanation Property() => Step(
            "explain.property",
            ("assetsFen", Economy.FinancialAssetsFen.Text()), ("vehicles", Economy.Vehicles.Text()), ("houses", Economy.Houses.Text())) with
        {
            BasisCodes = [LegalBases.PropertyDefined],
            Steps =
            [
                .. Economy.Assets.Select(line => Figure("explain.asset-line", line.Kind.ToString(), line.DeclaredFen, line.DepartmentFen, line.CountedFen, line.Reason) with
                {
                    PersonId = line.PersonId, LookupId = line.LookupId, BasisCodes = [line.BasisCode],
                }),
                .. Economy.PropertyCounts.Select(line => Step(
                    "explain.count-line",
                    ("kind", line.Kind.ToString()), ("declared", line.Declared.Text()), ("stated", line.Department?.Text() ?? ""),
                    ("counted", line.Counted.Text()), ("reason", line.Reason.ToString())) with
                {
                    PersonId = line.PersonId, LookupId = line.LookupId, BasisCodes = [line.BasisCode],
                }),
            ],
        };

        private Explanation Amount() => Step(
            $"explain.amount.{Assessment.Allowance.Method}",
            ("standardFen", Assessment.StandardFen.Text()),
            ("members", Economy.Members.Text()),
            ("incomeFen", Economy.MonthlyIncomeFen.Text()),
            ("spendingFen", Economy.RigidSpendingYearlyFen.Text()),
            ("baseFen", Assessment.Allowance.BaseFen.Text()),
            ("amountFen", Assessment.Allowance.AmountFen.Text())) with
        {
            BasisCodes = Assessment.Allowance.BasisCodes,
            Parameters = Rows(Assessment.Allowance.Parameters),
            Steps =
            [
                .. Assessment.Allowance.TopUps.Select(topUp => Step(
                    "explain.top-up", ("category", topUp.Category.ToString()), ("percent", topUp.Percent.Text()), ("amountFen", topUp.MonthlyFen.Text())) with
                {
                    PersonId = topUp.PersonId, BasisCodes = [LegalBases.CategoryTopUps], Parameters = Rows([ParameterCodes.TopUpOf(topUp.Category)]),
                }),
            ],
        };

        private Explanation Screened(ProgrammeScreening screening) => Step(
            screening.Allowance.IsOnce ? "explain.screening-once" : "explain.screening",
            ("programme", screening.Programme.ToString()), ("outcome", screening.Outcome.ToString()), ("amountFen", screening.Allowance.AmountFen.Text())) with
        {
            Steps = [.. screening.Findings.Select(Found)],
        };

        private Explanation Found(Finding finding) =>
            new(finding.Code, finding.Arguments) { BasisCodes = finding.BasisCodes, Parameters = Rows(finding.Parameters) };

        private static Explanation Figure(string code, string kind, Money declared, Money? stated, Money counted, FigureReason reason) => Step(
            code, ("kind", kind), ("declaredFen", declared.Text()), ("statedFen", stated?.Text() ?? ""), ("countedFen", counted.Text()), ("reason", reason.ToString()));

        private static Explanation Step(string code, params (string Name, string Value)[] arguments) => new(
            code, new SortedDictionary<string, string>(arguments.ToDictionary(argument => argument.Name, argument => argument.Value), StringComparer.Ordinal));

        private IReadOnlyList<PolicyParameter> Rows(IEnumerable<string> codes) => [.. codes.Distinct().Select(Input.Find).OfType<PolicyParameter>()];
    }
}
