"""Returns as they are sent, and how they are put into a folder."""

from __future__ import annotations

from pathlib import Path

from whatworks.returns.model import ReadReturn

EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN\n"
)
ROWS = (
    "001,01/05/2023,S,C2,N1,U4,PR1,,,,AB1 2CD,AB1 2CE,1234567\n"
    "002,02/06/2023,S,C2,N1,U4,PR1,03/03/2024,E4A,,AB1 2CD,AB1 2CE,1234567\n"
)
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n001,1,01/02/2010,WBRI,A123456789012,0,\n"
CIN = """<Message>
 <Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year><ReferenceDate>2024-03-31</ReferenceDate>
  </CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>301</LEA></Source></Header>
 <Children>
  <Child>
   <ChildIdentifiers><LAchildID>C1</LAchildID><UPNunknown>UN3</UPNunknown>PersonBirthDate
    <PersonBirthDate>2015-03-27</PersonBirthDate><GenderCurrent>1</GenderCurrent></ChildIdentifiers>
   <ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
    <Disabilities><Disability>HAND</Disability><Disability>HEAR</Disability></Disabilities></ChildCharacteristics>
   <CINdetails><CINreferralDate>2023-05-06</CINreferralDate><ReferralSource>1A</ReferralSource>
    <Assessments><AssessmentActualStartDate>2023-05-08</AssessmentActualStartDate>
     <FactorsIdentifiedAtAssessment><AssessmentFactors>2A</AssessmentFactors><AssessmentFactors>4B</AssessmentFactors>
     </FactorsIdentifiedAtAssessment></Assessments>
    <Assessments><AssessmentActualStartDate>2023-06-08</AssessmentActualStartDate></Assessments>
    <ReferralNFA>0</ReferralNFA></CINdetails>
   <CINdetails><CINreferralDate>2023-11-06</CINreferralDate><ReferralSource>1B</ReferralSource>
    <Section47><S47ActualStartDate>2023-11-07</S47ActualStartDate><ICPCnotRequired>0</ICPCnotRequired></Section47>
    <ReferralNFA>0</ReferralNFA>
    <ChildProtectionPlans><CPPstartDate>2023-12-01</CPPstartDate><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
     <Reviews><CPPreviewDate>2024-01-01</CPPreviewDate><CPPreviewDate>2024-02-01</CPPreviewDate></Reviews>
    </ChildProtectionPlans></CINdetails>
  </Child>
  <Child>
   <ChildIdentifiers><LAchildID>C2</LAchildID></ChildIdentifiers>
   <CINdetails><CINreferralDate>2024-01-06</CINreferralDate>
    <CINPlanDates><CINPlanStartDate>2024-01-10</CINPlanStartDate></CINPlanDates>
    <ChildProtectionPlans><CPPstartDate>2024-02-01</CPPstartDate></ChildProtectionPlans></CINdetails>
  </Child>
 </Children>
</Message>
"""


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def codes(result: ReadReturn) -> set[str]:
    return {note.code for note in result.notes}
