using Assistance.Api.Data;
using Assistance.Api.Events;
using Assistance.Api.Features.Cases;
using Assistance.Api.Http;
using Assistance.Domain.Lookups;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Lookups;

/// <summary>
/// Takes a department's answer to a request for correction (政务数据共享条例 art. 26). Where it corrected what it had stated,
/// it is asked anew at once, for every case that relies on it, since what is on file holds no more.
/// </summary>
internal sealed class ReceiveCorrectionAnswer(Database database, VerificationRounds rounds, LookupSignal signal, TimeProvider time)
{
    /// <exception cref="ProblemException">404 where this department was not asked that.</exception>
    public async Task HandleAsync(SignedBody<DepartmentCorrectionAnswer> sent, CancellationToken cancellation)
    {
        await database.WriteAsync(session => TakeAsync(session, sent.Source, sent.Value), cancellation);
        signal.Raise(sent.Source);
    }

    private async Task TakeAsync(Session session, LookupSource source, DepartmentCorrectionAnswer answer)
    {
        var ticket = await CorrectionTicketRepository.FindAsync(session, answer.TicketId);
        if (ticket is null || ticket.LookupSource != source)
        {
            throw ProblemException.NotFound();
        }

        var isCorrected = answer.Outcome == DepartmentCorrectionOutcome.Corrected;
        var answered = ticket with
        {
            TicketState = isCorrected ? CorrectionTicketState.Corrected : CorrectionTicketState.Upheld,
            AnsweredAt = time.Now,
            Remark = answer.Remark?.Trim(),
        };
        if (!await CorrectionTicketRepository.AnswerAsync(session, answered))
        {
            return;
        }

        await CaseEvents.AppendAsync(session, ticket.CaseFileId, new CaseEvent("CorrectionAnswered", LegalBases.SharingCorrection, new Dictionary<string, string>
        {
            ["source"] = source.ToString(),
            ["outcome"] = answered.TicketState.ToString(),
        }), time.Now, officer: null);
        if (isCorrected)
        {
            await AskAgainAsync(session, ticket);
        }
    }

    // Whoever else relies on the same answer is not left with it.
    private async Task AskAgainAsync(Session session, CorrectionTicketRow ticket)
    {
        var personId = (await LookupRepository.FindAsync(session, ticket.LookupId))!.PersonId;
        foreach (var caseFileId in await LookupRepository.CasesOfAsync(session, ticket.QueryId))
        {
            var causedBy = caseFileId == ticket.CaseFileId ? ticket.RequestedBy : nameof(ReceiveCorrectionAnswer);
            await rounds.AskAgainAsync(session, await CaseFileRepository.GetAsync(session, caseFileId), personId, ticket.LookupSource,
                new VerificationCause(LookupPurpose.Recheck, causedBy, IsReuseAllowed: false), time.Now);
        }
    }
}
