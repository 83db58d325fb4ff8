using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Features.Lookups;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Assistance.Api.Features.Oversight;

/// <summary>Why a look-up is asked once more. Codes and no words of the officer's: they go into the case's events.</summary>
public enum RetryReason
{
    /// <summary>The department has mended its fault.</summary>
    DepartmentRepaired,

    /// <summary>A fault of this service was mended.</summary>
    ServiceRepaired,

    /// <summary>The department confirms that it never received the query.</summary>
    NotReceived,

    /// <summary>The answer is still needed.</summary>
    StillNeeded,
}

/// <summary>Has one dead letter asked once more.</summary>
[Example("""
    { "reason": "DepartmentRepaired" }
    """)]
public sealed record RetryDeadLetterRequest
{
    public required RetryReason Reason { get; init; }
}

/// <summary>What the look-up is now.</summary>
/// <param name="State"><c>Pending</c>, or what a later answer on file says.</param>
public sealed record RetryDeadLetterResponse(Guid LookupId, LookupState State);

/// <summary>Has all dead letters of a department asked once more, a bounded number a call.</summary>
[Example("""
    { "source": "Tax", "reason": "DepartmentRepaired" }
    """)]
public sealed record RetryDeadLettersRequest : ICheckedRequest
{
    public required LookupSource Source { get; init; }

    public required RetryReason Reason { get; init; }

    /// <summary>The <c>next</c> of the call before; absent in the first.</summary>
    [Text(32)]
    public string? After { get; init; }

    public IEnumerable<Fault> Check(RequestCheck check)
    {
        if (After is not null && !Guid.TryParseExact(After, "N", out _))
        {
            yield return Paging.NotACursor("$.after");
        }
    }
}

/// <summary>What a call did, and where the next one goes on.</summary>
public sealed record RetryDeadLettersResponse
{
    /// <summary>Look-ups that are asked once more.</summary>
    public required int Retried { get; init; }

    /// <summary>Look-ups that a later answer on file settled, so that nobody is asked.</summary>
    public required int AnsweredFromFile { get; init; }

    /// <summary>Look-ups that may not be asked any more: the case is closed, or no consent holds. They stay in the list.</summary>
    public required int Barred { get; init; }

    /// <summary>Dead letters of the department that this call did not come to.</summary>
    public required int Remaining { get; init; }

    /// <summary>The <c>after</c> of the next call; absent where none remain.</summary>
    public string? Next { get; init; }
}

/// <summary>
/// Asks once more what was set aside or given up, under a warrant of today: the case is open and the person's consent holds,
/// or nothing is asked. A later answer on file that still holds serves instead.
/// </summary>
internal sealed class RetryDeadLetters(ActRunner runner, VerificationRounds rounds, LookupSignal signal, SecurityLog security, IOptions<DepartmentOptions> options)
{
    private const int MostAtOnce = 500;
    private const string Location = "/v1/dead-letters";

    public async Task<ActResult<RetryDeadLetterResponse>> HandleAsync(
        Guid lookupId, RetryDeadLetterRequest request, Act act, CancellationToken cancellation)
    {
        LookupRow? letter = null;
        try
        {
            var result = await runner.RunAsync(
                act,
                async session =>
                {
                    letter = await DeadLetterRepository.FindAsync(session, lookupId) ?? throw ProblemException.NotFound();
                    var warrant = WarrantOf(letter, await SubjectAsync(session, letter, act), act);
                    var state = await RetryAsync(session, letter, warrant, request.Reason, act) ?? throw ProblemException.NotFound();
                    return new Answer<RetryDeadLetterResponse>(new RetryDeadLetterResponse(lookupId, state), Location);
                },
                cancellation);
            if (letter is { LookupSource: var source })
            {
                signal.Raise(source);
            }

            return result;
        }
        catch (RuleViolation violation) when (violation.Code == Refusals.LookupNotPermittedCode)
        {
            // On record whether or not whoever asked waits for the answer.
            await security.RecordAsync(
                SecurityEventKind.LookupNotPermitted, act.Officer, letter?.CaseFileId, letter?.LookupSource, violation.Arguments["bar"], CancellationToken.None);
            throw;
        }
    }

    public async Task<ActResult<RetryDeadLettersResponse>> HandleAsync(RetryDeadLettersRequest request, Act act, CancellationToken cancellation)
    {
        var result = await runner.RunAsync(act, session => RetryAllAsync(session, request, act), cancellation);
        signal.Raise(request.Source);
        return result;
    }

    private async Task<Answer<RetryDeadLettersResponse>> RetryAllAsync(Session session, RetryDeadLettersRequest request, Act act)
    {
        var after = request.After is null ? Guid.Empty : Guid.ParseExact(request.After, "N");
        var rows = await DeadLetterRepository.PageAsync(session, request.Source, after, MostAtOnce);
        var (retried, answered, barred) = (0, 0, 0);
        foreach (var row in rows)
        {
            // Nobody tried to ask about these: that they may not be is no security event.
            var subject = await SubjectAsync(session, row, act);
            if (LookupWarrant.BarOf(subject, row.LookupSource, act.Today) is not null)
            {
                barred++;
                continue;
            }

            switch (await RetryAsync(session, row, WarrantOf(row, subject, act), request.Reason, act))
            {
                case LookupState.Pending:
                    retried++;
                    break;
                case not null:
                    answered++;
                    break;
            }
        }

        var remaining = rows.Count < MostAtOnce ? 0 : await DeadLetterRepository.RemainingAsync(session, request.Source, rows[^1].LookupId);
        return new Answer<RetryDeadLettersResponse>(
            new RetryDeadLettersResponse
            {
                Retried = retried,
                AnsweredFromFile = answered,
                Barred = barred,
                Remaining = remaining,
                Next = remaining == 0 ? null : rows[^1].LookupId.ToString("N"),
            },
            Location);
    }

    /// <returns>What the look-up is now; null where it was no dead letter any more.</returns>
    private async Task<LookupState?> RetryAsync(Session session, LookupRow row, LookupWarrant warrant, RetryReason reason, Act act)
    {
        // Only what came in afterwards: that a round was to ask anew although something was on file is not undone here.
        var onFile = (await LookupRepository.OnFileAsync(session, row.PersonId, act.Today)).GetValueOrDefault(row.LookupSource) is { } known
            && known.AnsweredAt > row.ParkedAt ? known : null;
        if (!await DeadLetterRepository.RetryAsync(session, row, warrant, onFile, MayBeSent(row, reason), act.Now))
        {
            return null;
        }

        var arguments = new Dictionary<string, string> { ["source"] = row.LookupSource.ToString(), ["reason"] = reason.ToString() };
        await CaseEvents.AppendAsync(
            session, row.CaseFileId, new CaseEvent(onFile is null ? "LookupRetried" : "LookupAnsweredFromFile", row.BasisCode, arguments), act.Now, act.Officer);
        return onFile?.LookupState ?? LookupState.Pending;
    }

    // Where repeating is not safe, only the department's own word that it never had the query lets it leave again.
    private bool MayBeSent(LookupRow row, RetryReason reason) =>
        reason == RetryReason.NotReceived || row.LookupState == LookupState.SetAside
        || options.Value.Sources.GetValueOrDefault(row.LookupSource) is not { IsRepeatSafe: false };

    /// <exception cref="RuleViolation">lookup-not-permitted, with the bar.</exception>
    private static LookupWarrant WarrantOf(LookupRow row, LookupSubject subject, Act act) =>
        LookupWarrant.For(subject, row.LookupSource, row.Purpose, act.Officer.Id, act.Today);

    // As the case stands now: whoever has left the household meanwhile is nobody of it.
    private async Task<LookupSubject> SubjectAsync(Session session, LookupRow row, Act act) =>
        await rounds.SubjectAsync(session, await CaseFileRepository.GetAsync(session, row.CaseFileId), row.PersonId, act.Today);
}
