using System.Globalization;
using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Households;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Domain.Assessments;
using Assistance.Domain.Households;
using Assistance.Domain.Intake;
using Assistance.Domain.Lookups;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Spreads a round of verification into look-ups: one a person and source that the case needs an answer of, each under a
/// warrant of its own, and none where an answer is on file that still holds.
/// </summary>
internal sealed class VerificationRounds(Database database, LookupSignal signal, ReferenceStore reference, TimeProvider time)
{
    private const int Batch = 48;

    /// <summary>Spreads what waits.</summary>
    /// <returns>How many rounds there were.</returns>
    public async Task<int> SpreadAsync(CancellationToken cancellation)
    {
        var waiting = await database.ReadAsync(session => MeansVerificationRepository.WaitingAsync(session, Batch), cancellation);
        foreach (var round in waiting)
        {
            foreach (var source in await database.WriteAsync(session => SpreadAsync(session, round), cancellation))
            {
                signal.Raise(source);
            }
        }

        return waiting.Count;
    }

    private async Task<IReadOnlyCollection<LookupSource>> SpreadAsync(Session session, MeansVerificationRow round)
    {
        if (!await MeansVerificationRepository.TakeUpAsync(session, round.MeansVerificationId))
        {
            return [];
        }

        var toAsk = new HashSet<LookupSource>();
        var (now, today) = (time.Now, time.Today);
        var (asked, onFile) = (0, 0);
        foreach (var (subject, sources) in await SubjectsAsync(session, round, today))
        {
            // Who may not be asked about is no fault of the round: the items say what is missing.
            foreach (var source in LookupWarrant.BarOf(subject, today) is null ? sources : [])
            {
                var warrant = LookupWarrant.For(subject, source, round.Purpose, round.CausedBy, today);
                var known = round.IsReuseAllowed ? await LookupRepository.FindOnFileAsync(session, subject.PersonId, source, today) : null;
                await LookupRepository.AddAsync(session, warrant, round.RoundNumber, known, now);
                if (known is null)
                {
                    asked++;
                    toAsk.Add(source);
                }
                else
                {
                    onFile++;
                }
            }
        }

        if (asked + onFile > 0)
        {
            await ApplicationRepository.MeetClockOfCaseAsync(session, round.CaseFileId, "StartVerification", today);
        }

        await CaseEvents.AppendAsync(session, round.CaseFileId, new CaseEvent("LookupsRequested", LookupWarrant.BasisOf(round.Purpose), new Dictionary<string, string>
        {
            ["round"] = Text(round.RoundNumber),
            ["lookups"] = Text(asked),
            ["onFile"] = Text(onFile),
        }), now, officer: null);
        return toAsk;
    }

    /// <summary>Everybody of the case with an identity number, and which departments it needs an answer of about them.</summary>
    private async Task<IEnumerable<(LookupSubject Subject, IReadOnlyList<LookupSource> Sources)>> SubjectsAsync(
        Session session, MeansVerificationRow round, DateOnly today)
    {
        var household = await HouseholdRepository.GetAsync(session, round.CaseFileId, round.SnapshotNumber);
        var applications = await ApplicationRepository.OfCaseAsync(session, round.CaseFileId);
        var consents = await ConsentRepository.NewestAsync(session, round.CaseFileId);
        var programmes = applications
            .Where(application => application.ApplicationState.IsOpen || application.ApplicationState == ApplicationState.Granted)
            .Select(application => application.Programme).ToHashSet();
        var itemTypes = reference.Current.ItemTypes(today).Where(type => type.AnsweredBy is not null && type.Programmes.Any(programmes.Contains)).ToList();
        var composition = HouseholdComposition.Of(household, today, reference.Current.Parameters.Number(ParameterCodes.LongAbsenceMonths, today));
        // Who does not count is not looked up (Act art. 70(6)). Of a member reported dead only the death itself is asked.
        var members = household.Members.Where(member => member.HasIdentityNumber).Select(member => (
            Subject: Subject(member.PersonId) with { IsOfTheCase = composition.StandingOf(member.PersonId) != Standing.DoesNotCount },
            Sources: (IReadOnlyList<LookupSource>)
            [
                .. itemTypes.Where(type => type.Concerns(household, today, residenceDiffers: false).Contains(member)).Select(type => type.AnsweredBy!.Value)
                    .Where(_ => member.DiedOn is null).Append(LookupSource.Death).Distinct().Order(),
            ]));
        // An obligor is asked about income and property, with a consent of their own (Act art. 41), and about nothing else.
        var obligors = household.Obligors.Where(obligor => obligor.HasIdentityNumber).Select(obligor => (
            Subject: Subject(obligor.PersonId) with { IsOfTheCase = true, IsObligor = true },
            Sources: (IReadOnlyList<LookupSource>)
            [
                .. itemTypes.Where(type => type.Circumstance == Domain.Disclosures.ItemCircumstance.EachMember).Select(type => type.AnsweredBy!.Value)
                    .Append(LookupSource.Death).Distinct().Order(),
            ]));
        return members.Concat(obligors);

        LookupSubject Subject(Guid personId) => new()
        {
            CaseFileId = round.CaseFileId,
            PersonId = personId,
            IsCaseOpen = programmes.Count > 0,
            IsOfTheCase = false,
            Consent = consents.GetValueOrDefault(personId),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
