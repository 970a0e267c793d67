using Voltgate.Domain;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Has stations send their diagnostics or their security log: to a URL of the caller's, or to a one-time one of ours
/// (Uploads), from where the caller fetches the file.
/// </summary>
internal sealed class DiagnosticsApi(
    CommandDesk desk, UploadStore uploads, PublicAddress address, References references, Entropy entropy)
{
    private static readonly Shape LogShape = new(
        "LogBody",
        Field.Word("log", ["diagnostics", "security"], "Which one.").Must,
        CommandFields.Url("Where the station puts the file; a one-time URL of this server unless given."),
        Field.Time("from", "Nothing older."),
        Field.Time("to", "Nothing newer."),
        CommandFields.Retries, CommandFields.RetryInterval);

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
        new("POST", "/chargestations/{id}/get_log", "write:chargestations", AskLog)
        {
            Summary = "Have the station send one of its logs; GET /actions/{id}/diagnostics is the file.",
            Body = LogShape, Answer = typeof(ActionResource), Refusals = CommandDesk.Refusals,
            ActionType = "chargestation.get_log",
        },
        new("GET", "/actions/{id}/diagnostics", "read:actions", Fetch)
        {
            Summary = "The file that a station sent for a get_diagnostics or a get_log.",
            Downloads = Download.AnyBytes, TextSample = "2026-01-02T08:00:21Z connector 1: contactor closed\n",
            Refusals = [(409, "upload_pending"), (409, "upload_missing")],
        },
    ];

    private Task<IResult> Ask(Call call) => Give(
        call, "chargestation.get_diagnostics", ("start_time", "stop_time"), (asked, url) => new SendDiagnostics(
            url, asked.Time("start_time"), asked.Time("stop_time"), asked.Whole("retries"),
            asked.Whole("retry_interval")));

    private Task<IResult> AskLog(Call call) => Give(call, "chargestation.get_log", ("from", "to"), (asked, url) =>
    {
        var request = entropy.NewNumber();
        asked.Fields["request_id"] = request;
        return new SendLog(
            asked.Text("log") == "security" ? LogKind.Security : LogKind.Diagnostics, url, request, asked.Time("from"),
            asked.Time("to"), asked.Whole("retries"), asked.Whole("retry_interval"));
    });

    private async Task<IResult> Give(
        Call call, string type, (string From, string To) span, Func<Asked, string, StationCommand> word)
    {
        var read = await desk.Station(call);
        if (!read.Holds) return read.Refusal;
        var asked = read.Value;
        if (asked.Time(span.To) <= asked.Time(span.From))
            return Refusal.Invalid(span.To, $"Send a time after {span.From}.");
        if (asked.Text("url") is { } url) return await desk.Give(call, type, asked, word(asked, url));
        var token = UploadStore.NewToken();
        asked = asked with { AlsoCommit = action => uploads.Open(action, token) };
        return await desk.Give(call, type, asked, word(asked, $"{address.Web}{Uploads.Path}/{token}"));
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
            ? Refusal.Conflict("upload_missing", "The station sent no file in time; ask for it again.")
            : Refusal.Conflict("upload_pending", "The station has not sent the file yet; ask again in a while.");
    }
}
