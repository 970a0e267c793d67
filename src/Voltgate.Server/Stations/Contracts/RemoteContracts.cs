using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Stations;

/// <summary>A provider behind HTTP, as docs/plug-and-charge.md tells: four POSTs of JSON.</summary>
internal sealed partial class RemoteContracts(
    HttpMessageInvoker http, ServerOptions options, TimeProvider clock, ILogger<RemoteContracts> log)
    : IContractProvider, IDisposable
{
    private const int LongestAnswer = 131_072;

    private readonly TimeSpan patience = TimeSpan.FromSeconds(options.Contracts.TimeoutSeconds);

    public Task Open(CancellationToken cancel) => Task.CompletedTask;

    public async Task<ContractAdvice> Ask(string station, ContractQuestion question)
    {
        var (path, body) = Worded(question);
        body["chargestation"] = station;
        try
        {
            return Read(question, await Post(path, body, CancellationToken.None));
        }
        catch (InvalidOperationException e)
        {
            LogUnanswered(station, path, e.Message);
            return ContractAdvice.None;
        }
    }

    public async Task<string> Sign(string station, string csr, CancellationToken cancel)
    {
        var answer = await Post(
            "station-certificates", new JsonObject { ["chargestation"] = station, ["csr"] = csr }, cancel);
        var chain = TextOf(answer, "chain") ?? throw new InvalidOperationException("The answer has no chain.");
        return SigningRequest.Checked(csr, chain);
    }

    public void Dispose() => http.Dispose();

    private static (string Path, JsonObject Body) Worded(ContractQuestion question) => question switch
    {
        ContractWanted w => ("vehicle-certificates", new JsonObject
        {
            ["schema"] = w.Schema, ["action"] = w.Renews ? "update" : "install", ["exi"] = w.Exi,
            ["most"] = w.Most, ["preferred"] = new JsonArray([.. w.Preferred.Select(e => (JsonNode)e)]),
        }),
        StandingWanted s => ("certificate-status", Named(s.Certificate)),
        ContractShown c => ("contracts", new JsonObject
        {
            ["emaid"] = c.Emaid, ["chain"] = c.Chain,
            ["certificates"] = new JsonArray([.. c.Certificates.Select(n => (JsonNode)Named(n))]),
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, "No question of a station."),
    };

    private static JsonObject Named(CertificateName name) => new()
    {
        ["hash_algorithm"] = name.Algorithm, ["issuer_name_hash"] = name.IssuerNameHash,
        ["issuer_key_hash"] = name.IssuerKeyHash, ["serial_number"] = name.SerialNumber,
        ["responder_url"] = name.Responder,
    };

    private static ContractAdvice Read(ContractQuestion question, JsonObject answer) => question switch
    {
        ContractWanted => new ContractAdvice(ContractVerdict.Accepted, Base64In(answer, "exi"))
        {
            Remaining = answer["remaining"] is JsonValue v && v.TryGetValue<int>(out var left) ? left : null,
        },
        StandingWanted => new ContractAdvice(ContractVerdict.Accepted, Base64In(answer, "ocsp")),
        _ => Enum.TryParse<ContractVerdict>(TextOf(answer, "verdict"), out var verdict) && Enum.IsDefined(verdict)
            ? new ContractAdvice(verdict)
            : throw new InvalidOperationException("The answer has no verdict that OCPP has a word for."),
    };

    private static string Base64In(JsonObject answer, string field) =>
        TextOf(answer, field) is { Length: > 0 } text && Convert.TryFromBase64String(
            text, new byte[text.Length], out _)
            ? text
            : throw new InvalidOperationException($"The answer has no {field} in Base64.");

    private static string? TextOf(JsonObject answer, string field) =>
        answer[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <exception cref="InvalidOperationException">No answer that is of use.</exception>
    private async Task<JsonObject> Post(string path, JsonObject body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{options.Contracts.Provider.TrimEnd('/')}/{path}");
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (options.Contracts.Token is { Length: > 0 } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var waited = new CancellationTokenSource(patience, clock);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancel, waited.Token);
        try
        {
            using var response = await http.SendAsync(request, until.Token);
            await response.Content.LoadIntoBufferAsync(LongestAnswer, until.Token);
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"It answered {(int)response.StatusCode}.");
            return JsonNode.Parse(await response.Content.ReadAsStringAsync(until.Token)) as JsonObject
                ?? throw new InvalidOperationException("The answer is no JSON object.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw new InvalidOperationException(e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new InvalidOperationException($"No answer in {options.Contracts.TimeoutSeconds} seconds.", e);
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "Station {Station}: the provider of contracts said nothing to {Question}. {Reason}")]
    private partial void LogUnanswered(string station, string question, string reason);
}
