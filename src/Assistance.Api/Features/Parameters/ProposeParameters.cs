using Assistance.Api.Data;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Assessments;
using Assistance.Domain.Parameters;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Parameters;

/// <summary>Rows to join the parameters, as a file, and why.</summary>
[Example("""
    {
      "csv": "code,value,unit,from,to,basis,documentNumber,sample,note\nsubsistence-allowance.standard,80000,fen/month,2027-01-01,,LAW-19,,true,Until the province has set one\n",
      "reasons": "2027年提高保障标准。"
    }
    """)]
public sealed record ProposeParametersRequest
{
    /// <summary>
    /// The text of a CSV file with the columns of <c>seeds/parameters.csv</c>, in any order: code, value (a whole number; amounts
    /// in fen), unit, from, to (blank for no end), basis, documentNumber, sample (true without an official source), and, if
    /// wanted, note for the second person. At most 200 rows.
    /// </summary>
    [FileText(100_000)]
    public required string Csv { get; init; }

    [Text(2_000)]
    public required string Reasons { get; init; }
}

/// <summary>
/// Takes rows for the parameters as a proposal; nothing is computed from it until a second person activates it. A dry run
/// says what is wrong and what would change, and keeps nothing.
/// </summary>
public sealed class ProposeParameters(Database database, ActRunner runner, ReferenceStore reference)
{
    public async Task<ParameterReportResponse> TryAsync(ProposeParametersRequest request, Act act, CancellationToken cancellation)
    {
        var standing = await database.ReadAsync(session => StandingAsync(session, reference.Current, act.Now), cancellation);
        return ParameterReportResponse.Of(ParameterFile.Check(ParameterCsv.Read(request.Csv), standing), standing.EarliestOn, reference.Current, act.Language);
    }

    /// <exception cref="ProblemException">400 naming everything wrong with the file, by line and column.</exception>
    public Task<ActResult<ParameterUploadActResponse>> HandleAsync(ProposeParametersRequest request, Act act, CancellationToken cancellation) => runner.RunAsync(
        act,
        async session =>
        {
            var current = reference.Current;
            var report = ParameterFile.Check(ParameterCsv.Read(request.Csv), await StandingAsync(session, current, act.Now));
            if (!report.IsSound)
            {
                throw ProblemException.Invalid([.. report.Faults.Select(ParameterFaults.Fault)]);
            }

            var upload = new ParameterUploadRow
            {
                UploadId = Guid.CreateVersion7(act.Now),
                UploadState = ParameterUploadState.Proposed,
                Reasons = request.Reasons.Trim(),
                ProposedAt = act.Now,
                ProposedBy = act.Officer.Id,
                Version = 1,
            };
            await ParameterUploadRepository.AddAsync(session, upload, report.Lines);
            return new Answer<ParameterUploadActResponse>(
                new ParameterUploadActResponse(
                    upload.UploadId, upload.UploadState, [.. report.Changes.Select(change => ParameterChangeResponse.Of(change, current, act.Language))]),
                $"/v1/parameter-uploads/{upload.UploadId}",
                upload.Version);
        },
        cancellation);

    /// <summary>What rows are held against at an instant: the table as it is, and not what this instance has read of it.</summary>
    internal static async Task<StandingParameters> StandingAsync(Session session, ReferenceData reference, DateTimeOffset now) => new(
        [.. (await ReferenceRepository.ParametersAsync(session)).Select(row => row.AsParameter())],
        ParameterCodes.All,
        reference.LegalBasisVersions,
        // So late in the evening that another instance could miss it, it is the day after tomorrow.
        ChinaTime.DayOf(now + ParameterRefresh.Bound).AddDays(1));
}
