using Assistance.Api.Data;
using Assistance.Api.Http;
using Assistance.Api.Security;
using Assistance.Domain.Intake;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Intake;

/// <summary>One line of a work list: nothing of the person.</summary>
public sealed record ApplicationListItem(
    Guid ApplicationId,
    string CaseNumber,
    Programme Programme,
    ApplicationState State,
    string AcceptingDivisionCode,
    DateTimeOffset SubmittedAt,
    DateOnly? DueOn,
    bool IsDueProvisional);

/// <summary>The applications of the officer's office, oldest first, by key.</summary>
public sealed class ListApplications(Database database)
{
    public async Task<Page<ApplicationListItem>> HandleAsync(string? after, int? take, Officer officer, CancellationToken cancellation)
    {
        var (key, size) = Paging.Parse(after, take);
        var rows = await database.ReadAsync(session => ApplicationRepository.PageAsync(session, officer, key, size + 1), cancellation);
        return Paging.Of(rows, size, Item, row => row.ApplicationId);
    }

    private static ApplicationListItem Item(ApplicationListRow row) => new(
        row.ApplicationId,
        row.CaseNumber,
        row.Programme,
        row.ApplicationState,
        row.AcceptingDivisionCode,
        row.SubmittedAt.ToOffset(ChinaTime.Offset),
        row.DueOn,
        row.IsDueProvisional);
}
