using Voltgate.Domain;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Has stations send their diagnostics: to a URL of the caller's, or to a one-time one of ours (Uploads), from where
/// the caller fetches the file.
/// </summary>
internal sealed class DiagnosticsApi(
    CommandDesk desk, UploadStore uploads, PublicAddress address, References references)
{
    private static readonly Shape AskShape = new(
        "DiagnosticsBody",
        CommandFields.Url("Where the station puts the file; a one-time URL of this server unless given."),
        Field.Time("start_time", "Nothing older."),
        Field.Time("stop_time", "Nothing newer."),
        CommandFields.Retries, CommandFields.RetryInterval);

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("POST", "/chargestations/{id}/get_diagnostics", "write:chargestations", Ask)
        {
            Summary = "Have the station send its diagnostics; GET /actions/{id}/diagnostics is the file.",
            Body = AskShape, Answer = typeof(ActionResource), Refusals = CommandDesk.Refusals,
            ActionType = "chargestation.get_diagnostics",
        },
        new("GET", "/actions/{id}/diagnostics", "read:actions", Fetch)
        {
            Summary = "The file that a station sent for a get_diagnostics.",
            Downloads = Download.AnyBytes, TextSample = "2026-01-02T08:00:21Z connector 1: contactor closed\n",
            Refusals = [(409, "upload_pending"), (409, "upload_missing")],
        },
    ];

    private async Task<IResult> Ask(Call call)
    {
        var read = await desk.Station(call);
        if (!read.Holds) return read.Refusal;
        var asked = read.Value;
        var (from, to, url) = (asked.Time("start_time"), asked.Time("stop_time"), asked.Text("url"));
        if (to <= from) return Refusal.Invalid("stop_time", "Send a time after start_time.");
        if (url is null)
        {
            var token = UploadStore.NewToken();
            url = $"{address.Web}{Uploads.Path}/{token}";
            asked = asked with { AlsoCommit = action => uploads.Open(action, token) };
        }

        return await desk.Give(
            call, "chargestation.get_diagnostics", asked,
            new SendDiagnostics(url, from, to, asked.Whole("retries"), asked.Whole("retry_interval")));
    }

    private async Task<IResult> Fetch(Call call)
    {
        if (!ObjectId.IsWellFormed(call.Id)
            || await uploads.Of(call.Organization, call.Id, call.Cancel) is not { } upload) return Refusal.NotFound;
        if (upload is { ReceivedAt: not null, Name: { } name })
            return new Download(Download.AnyBytes, name, to => uploads.Write(upload, to, call.Cancel))
            {
                Length = upload.Size,
            };
        var status = await references.Read(call, "actions", "status", call.Id);
        return status == "failed" || uploads.IsOver(upload)
            ? Refusal.Conflict("upload_missing", "The station sent no file in time; give get_diagnostics again.")
            : Refusal.Conflict("upload_pending", "The station has not sent the file yet; ask again in a while.");
    }
}
