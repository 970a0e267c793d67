using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.V16;
using Voltgate.Simulator.V16;

namespace Voltgate.Simulator;

/// <summary>A firmware that is on its way.</summary>
/// <param name="Request">Its number in reports; null: it has none.</param>
/// <param name="Proof">What it is held to; null: it is taken as it comes.</param>
public sealed record FirmwareUpdate(string Location, StationTime From, int? Request, Firmware? Proof);

/// <summary>
/// Logs that go out and firmware that comes in: plain (OCPP 1.6 §5.9, §5.19) and signed (security whitepaper, edition
/// 2, N01 and L01).
/// </summary>
internal static class Files
{
    /// <summary>What has no number of its own; no signed log or update has this one.</summary>
    private const int Plain = int.MinValue;

    /// <summary>Nothing to send is no error: the answer names no file then (§5.9).</summary>
    public static GetDiagnosticsResponse SendDiagnostics(Turn turn, GetDiagnosticsRequest request)
    {
        if (turn.Has(Mishaps.Rejects) || !Uri.TryCreate(request.Location, UriKind.Absolute, out var url)) return new();
        turn.State = turn.State with { SendsDiagnostics = true };
        turn.Effects.Add(new Upload(url, LogText(turn, LogType.DiagnosticsLog), Plain));
        turn.Later(DiagnosticsReport(turn));
        return new("diagnostics.log");
    }

    public static GetLogResponse SendLog(Turn turn, GetLogRequest request)
    {
        if (turn.Has(Mishaps.Rejects) || !Uri.TryCreate(request.Log.RemoteLocation, UriKind.Absolute, out var url))
            return new(LogStatus.Rejected);
        var was = turn.State.LogRequest;
        turn.State = turn.State with { LogRequest = request.RequestId };
        turn.Effects.Add(new Upload(url, LogText(turn, request.LogType), request.RequestId));
        turn.Later(LogReport(turn));
        return new(was is null ? LogStatus.Accepted : LogStatus.AcceptedCanceled, $"{request.LogType}.log");
    }

    /// <summary>A log is where it was wanted, or not: said after what was said of its way there.</summary>
    public static void Sent(Turn turn, Uploaded uploaded)
    {
        if (uploaded.Request == Plain)
        {
            turn.State = turn.State with { SendsDiagnostics = false };
            turn.Later(V16Wording.Diagnostics(
                uploaded.Succeeded ? DiagnosticsStatus.Uploaded : DiagnosticsStatus.UploadFailed));
            return;
        }

        if (turn.State.LogRequest != uploaded.Request) return; // another log took its place
        turn.State = turn.State with { LogRequest = null };
        turn.Later(turn.Words.LogTold(
            uploaded.Succeeded ? UploadLogStatus.Uploaded : UploadLogStatus.UploadFailure, uploaded.Request));
    }

    public static EmptyResponse Update(Turn turn, UpdateFirmwareRequest request)
    {
        var isMeant = !turn.Has(Mishaps.Rejects) && Uri.TryCreate(request.Location, UriKind.Absolute, out _);
        if (isMeant) Begin(turn, new FirmwareUpdate(request.Location, request.RetrieveDate, null, null));
        return EmptyResponse.Instance; // §5.19: what comes of it is reported
    }

    public static SignedUpdateFirmwareResponse Update(Turn turn, SignedUpdateFirmwareRequest request)
    {
        var update = new FirmwareUpdate(
            request.Firmware.Location, request.Firmware.RetrieveDateTime, request.RequestId, request.Firmware);
        return new(Update(turn, update));
    }

    /// <summary>Takes an update that has a number, with a proof or without.</summary>
    public static UpdateFirmwareStatus Update(Turn turn, FirmwareUpdate update)
    {
        if (turn.Has(Mishaps.Rejects) || !Uri.TryCreate(update.Location, UriKind.Absolute, out _))
            return UpdateFirmwareStatus.Rejected;
        if (update.Proof is { } proof)
        {
            using var certificate = Certificates.Read(proof.SigningCertificate);
            if (certificate is null || !Certificates.IsValid(certificate, turn.NowMs))
                return UpdateFirmwareStatus.InvalidCertificate;
        }

        var was = turn.State.Update;
        Begin(turn, update);
        return was is null ? UpdateFirmwareStatus.Accepted : UpdateFirmwareStatus.AcceptedCanceled;
    }

    /// <summary>An update that waited for its time begins.</summary>
    public static void Pass(Turn turn)
    {
        if (turn.State is { FirmwareStatus: SignedFirmwareStatus.DownloadScheduled, Update: { } update }
            && !IsEarly(turn, update)) Fetch(turn, update);
    }

    /// <summary>L01: only what the certificate's key signed is installed.</summary>
    public static void Fetched(Turn turn, Fetched fetched)
    {
        if (turn.State.Update is not { } update || NumberOf(update) != fetched.Request) return;
        if (fetched.File is not { } file)
        {
            End(turn, SignedFirmwareStatus.DownloadFailed);
            return;
        }

        Report(turn, SignedFirmwareStatus.Downloaded);
        if (update.Proof is { } proof)
        {
            if (!IsSigned(proof, file))
            {
                End(turn, SignedFirmwareStatus.InvalidSignature);
                return;
            }

            Report(turn, SignedFirmwareStatus.SignatureVerified);
        }

        Report(turn, SignedFirmwareStatus.Installing);
        End(turn, SignedFirmwareStatus.Installed);
    }

    public static Saying LogReport(Turn turn) => turn.Words.LogTold(
        turn.State.LogRequest is null ? UploadLogStatus.Idle : UploadLogStatus.Uploading, turn.State.LogRequest);

    public static Saying DiagnosticsReport(Turn turn) => V16Wording.Diagnostics(
        turn.State.SendsDiagnostics ? DiagnosticsStatus.Uploading : DiagnosticsStatus.Idle);

    private static int NumberOf(FirmwareUpdate update) => update.Request ?? Plain;

    /// <summary>A time that cannot be read is now.</summary>
    private static bool IsEarly(Turn turn, FirmwareUpdate update) => update.From.AtMs > turn.NowMs;

    private static void Begin(Turn turn, FirmwareUpdate update)
    {
        turn.State = turn.State with { Update = update, FirmwareStatus = SignedFirmwareStatus.DownloadScheduled };
        if (!IsEarly(turn, update)) Fetch(turn, update);
        else if (update.Request is not null) Report(turn, SignedFirmwareStatus.DownloadScheduled);
    }

    private static void Fetch(Turn turn, FirmwareUpdate update)
    {
        Report(turn, SignedFirmwareStatus.Downloading);
        turn.Effects.Add(new Fetch(new Uri(update.Location), NumberOf(update)));
    }

    private static void Report(Turn turn, SignedFirmwareStatus status)
    {
        turn.State = turn.State with { FirmwareStatus = status };
        turn.Later(turn.Words.FirmwareTold(turn));
    }

    private static void End(Turn turn, SignedFirmwareStatus status)
    {
        Report(turn, status);
        turn.State = turn.State with { Update = null, FirmwareStatus = SignedFirmwareStatus.Idle };
    }

    private static bool IsSigned(Firmware firmware, byte[] file)
    {
        using var certificate = Certificates.Read(firmware.SigningCertificate);
        Span<byte> signature = stackalloc byte[1_024];
        if (certificate is null || !Convert.TryFromBase64String(firmware.Signature, signature, out var length))
            return false;
        signature = signature[..length];
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
            return rsa.VerifyData(file, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
                || rsa.VerifyData(file, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var curve = certificate.GetECDsaPublicKey();
        return curve?.VerifyData(file, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            == true;
    }

    private static string LogText(Turn turn, LogType kind)
    {
        var text = new StringBuilder();
        text.Append($"{turn.Options.Identity} {turn.Options.Vendor} {turn.Options.Model} {turn.Options.Firmware}\n");
        if (kind == LogType.DiagnosticsLog)
            foreach (var charge in turn.State.Charges)
                text.Append($"{charge.StartedAtMs} connector {charge.Connector} {charge.MeteredWh} Wh\n");
        return text.ToString();
    }
}
