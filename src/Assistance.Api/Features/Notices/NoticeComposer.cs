using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Features.Assessments;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Decisions;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Assessments;
using Assistance.Domain.Decisions;
using Assistance.Domain.Households;
using Assistance.Domain.Notices;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Notices;

/// <summary>Composes a decision's notice from the findings, numbers it and stores it, in the decision's own transaction.</summary>
public sealed class NoticeComposer(ReferenceStore reference, IOptions<DistrictOptions> district)
{
    /// <param name="matter">What led to the decision, for example an application of a day.</param>
    internal async Task<(Guid NoticeId, string Number)> IssueAsync(
        Session session, DecisionRow decision, AssessmentRow assessmentRow, string matter, PriorHearing? hearing, DateTimeOffset now)
    {
        var issuedOn = ChinaTime.DayOf(now);
        var serial = await NumberSeries.NextAsync(session, string.Create(CultureInfo.InvariantCulture, $"Notice-{issuedOn.Year}"));
        var caseFile = await CaseFileRepository.GetAsync(session, decision.CaseFileId);
        var persons = await PersonRepository.OfCaseAsync(session, decision.CaseFileId);
        var assessment = assessmentRow.Assessment;
        var household = await HouseholdRepository.GetAsync(session, decision.CaseFileId, assessmentRow.SnapshotNumber);
        var addressee = AddresseeOf(household, caseFile.ApplicantPersonId, issuedOn);
        var articles = Articles(decision, assessment, issuedOn);
        var content = new NoticeContent
        {
            NoticeNumber = string.Create(CultureInfo.InvariantCulture, $"平民救决〔{issuedOn.Year}〕{serial}号"),
            Title = Sentence($"notice.title.{decision.DecisionKind}", issuedOn),
            IssuingBody = district.Value.IssuingBody,
            AddresseeName = addressee is { } living
                ? persons[living].PersonName
                : Sentence("notice.addressee.Family", issuedOn, new Dictionary<string, string>
                {
                    ["names"] = string.Join("、", household.Members.OrderBy(member => member.BornOn).Select(member => persons[member.PersonId].PersonName)),
                }),
            AddresseeMaskedIdentityNumber = addressee is { } known ? persons[known].IdentityMask : null,
            CaseNumber = caseFile.CaseNumber,
            Programme = "最低生活保障",
            Kind = decision.DecisionKind,
            IssuedOn = issuedOn,
            Summary = Sentence($"notice.summary.{decision.DecisionKind}", issuedOn, SummaryArguments(decision, isHeard: hearing is not null)),
            Matter = matter,
            Facts = [.. assessment.Economy.Incomes.Select(line => Fact(line, persons))],
            Assets = [.. assessment.Economy.Assets.Select(line => Fact(line, persons))],
            Findings = [.. assessment.Findings.Select(finding => Finding(finding, issuedOn))],
            Reasons = decision.Reasons,
            LegalBases = articles,
            LegalBasisText = LegalBasisText(articles, issuedOn),
            OldMonthlyFen = decision.OldMonthlyFen.Fen,
            NewMonthlyFen = decision.NewMonthlyFen.Fen,
            DifferenceFen = (decision.NewMonthlyFen - decision.OldMonthlyFen).Fen,
            Calculation = decision.NewMonthlyFen > Money.Zero ? Sentence("notice.calculation", issuedOn, CalculationArguments(assessment)) : null,
            EffectiveMonthOn = decision.EffectiveMonthOn,
            PriorHearing = hearing is null ? null : new NoticeHearing(
                hearing.ProposalToldOn, hearing.HeardOn, hearing.Answer, hearing.Statement, hearing.IsAdopted, hearing.Reasons),
            Remedies = [.. RemediesOf(issuedOn)],
            Hotline = district.Value.Hotline,
            UsesSamples = assessment.UsesSamples,
        };
        var noticeId = Guid.CreateVersion7(now);
        await NoticeRepository.AddAsync(session, noticeId, decision.DecisionId, content, now);
        return (noticeId, content.NoticeNumber);
    }

    // The applicant, or after their death the oldest living member; null where nobody is left and the family is told.
    private static Guid? AddresseeOf(Household household, Guid applicantPersonId, DateOnly on) =>
        household.LivingOn(on)
            .OrderByDescending(member => member.PersonId == applicantPersonId)
            .ThenBy(member => member.BornOn)
            .Select(member => (Guid?)member.PersonId)
            .FirstOrDefault();

    /// <summary>What can be done against a document, with the last days if it is served on the day it is issued.</summary>
    internal IEnumerable<NoticeRemedy> RemediesOf(DateOnly issuedOn)
    {
        var current = reference.Current;
        var remedies = Remedies.For(
            issuedOn,
            current.Parameters.Number(ParameterCodes.ReconsiderationDays, issuedOn),
            current.Parameters.Number(ParameterCodes.LitigationMonths, issuedOn),
            current.Calendar);
        return remedies.Select(remedy => new NoticeRemedy(
            remedy.Kind,
            remedy.Kind == RemedyKind.Reconsideration ? district.Value.ReconsiderationBody : district.Value.Court,
            remedy.Period,
            remedy.PeriodUnit,
            remedy.CountedFromOn,
            remedy.LastDay.On,
            remedy.LastDay.IsProvisional,
            Article(remedy.BasisCode, issuedOn)));
    }

    private IReadOnlyList<NoticeArticle> Articles(DecisionRow decision, Assessment assessment, DateOnly on)
    {
        // The decision's own basis first, then what every decision of its kind rests on, then the findings'.
        string[] ofTheKind = decision.DecisionKind switch
        {
            DecisionKind.Grant => [LegalBases.DistrictConfirms, LegalBases.GrantFromNextMonth, LegalBases.Difference],
            DecisionKind.Refuse => [LegalBases.DistrictConfirms, LegalBases.RefusalInWriting],
            DecisionKind.Increase => [LegalBases.AdjustByChange, LegalBases.PeriodicReview, LegalBases.Difference],
            DecisionKind.Reduce => [LegalBases.PriorHearing, LegalBases.ReasonsForChange, LegalBases.Difference],
            _ when assessment.NobodySurvives => [LegalBases.AdjustByChange],
            _ => [LegalBases.PriorHearing, LegalBases.ReasonsForChange],
        };
        return
        [
            .. ofTheKind.Prepend(decision.BasisCode)
                .Concat(assessment.Deciding.SelectMany(finding => finding.BasisCodes))
                .Append(LegalBases.RemediesExist)
                .Distinct()
                .Select(code => Article(code, on)),
        ];
    }

    // By instrument, each with its articles in ascending order; a code ends in its article's number.
    private string LegalBasisText(IReadOnlyList<NoticeArticle> articles, DateOnly on) => string.Join("；", articles
        .GroupBy(article => reference.Current.LegalBasis(article.Code, on).CitedInstrumentZh())
        .Select(instrument => instrument.Key + string.Join("、", instrument
            .OrderBy(article => int.TryParse(article.Code.Split('-')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(article => article.Article))));

    private NoticeArticle Article(string code, DateOnly on)
    {
        var row = reference.Current.LegalBasis(code, on);
        return new NoticeArticle(code, row.InstrumentZh, row.ArticleZh, $"{row.CitedInstrumentZh()}{row.ArticleZh}");
    }

    private NoticeFinding Finding(Finding finding, DateOnly on) => new(
        finding.Code,
        finding.Outcome,
        reference.Current.Texts.Sentence(finding.Code, finding.Arguments, on, Language.Zh),
        [.. finding.BasisCodes.Select(code => Article(code, on).Citation)]);

    private NoticeFact Fact(IncomeLine line, IReadOnlyDictionary<Guid, PersonRow> persons) => new(
        persons[line.PersonId].PersonName,
        Word(line.Kind),
        line.DeclaredFen.Fen,
        line.Origin,
        line.CountedFen.Fen,
        line.DepartmentFen?.Fen,
        line.Source is { } source ? Word(source) : null);

    private NoticeFact Fact(AssetLine line, IReadOnlyDictionary<Guid, PersonRow> persons) => new(
        persons[line.PersonId].PersonName,
        Word(line.Kind),
        line.DeclaredFen.Fen,
        line.Origin,
        line.CountedFen.Fen,
        line.DepartmentFen?.Fen,
        line.Source is { } source ? Word(source) : null);

    private string Word(Enum code) => reference.Current.Texts.Word(code.ToString(), Language.Zh);

    private string Sentence(string code, DateOnly on, IReadOnlyDictionary<string, string>? arguments = null) =>
        reference.Current.Texts.Sentence(code, arguments ?? new Dictionary<string, string>(), on, Language.Zh);

    private static Dictionary<string, string> SummaryArguments(DecisionRow decision, bool isHeard) => new()
    {
        ["heard"] = isHeard ? "true" : "false",
        ["oldFen"] = Text(decision.OldMonthlyFen.Fen),
        ["newFen"] = Text(decision.NewMonthlyFen.Fen),
        ["effectiveMonth"] = decision.EffectiveMonthOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
    };

    private static Dictionary<string, string> CalculationArguments(Assessment assessment) => new()
    {
        ["standardFen"] = Text(assessment.StandardFen.Fen),
        ["members"] = Text(assessment.Economy.Members),
        ["incomeFen"] = Text(assessment.Economy.MonthlyIncomeFen.Fen),
        ["monthlyFen"] = Text(assessment.MonthlyFen.Fen),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
